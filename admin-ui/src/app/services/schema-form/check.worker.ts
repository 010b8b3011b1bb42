import { checkArguments, type Misfit } from './check-arguments';
import type { JsonSchema } from './json-schema';

export interface CheckQuestion {
  schema: JsonSchema;
  value: unknown;
}

export type CheckAnswer = { misfits: Misfit[] } | { broken: true };

addEventListener('message', ({ data }: MessageEvent<CheckQuestion>) => {
  postMessage(answer(data));
});

/** A schema that the checker cannot follow, for example one with a dangling reference, is the server's to judge. */
function answer({ schema, value }: CheckQuestion): CheckAnswer {
  try {
    return { misfits: checkArguments(schema, value) };
  } catch {
    return { broken: true };
  }
}

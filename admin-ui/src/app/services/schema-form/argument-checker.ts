import { Injectable } from '@angular/core';
import type { CheckAnswer, CheckQuestion } from './check.worker';
import type { Misfit } from './check-arguments';
import type { JsonSchema } from './json-schema';

/** A foreign `pattern` may run for ever; after this long the check is given up, ms. */
const DEADLINE_MS = 1500;

/** Checks arguments by a tool's schema in a worker of its own, so that a hostile schema cannot freeze the page. */
@Injectable({ providedIn: 'root' })
export class ArgumentChecker {
  /** What does not fit; empty also when no verdict was reached, as the server checks every call again. */
  async check(schema: JsonSchema, value: unknown): Promise<Misfit[]> {
    const worker = new Worker(new URL('./check.worker', import.meta.url), { type: 'module' });
    try {
      const answer = await ask(worker, { schema, value });
      return answer && 'misfits' in answer ? answer.misfits : [];
    } finally {
      worker.terminate();
    }
  }
}

function ask(worker: Worker, question: CheckQuestion): Promise<CheckAnswer | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), DEADLINE_MS);
    const done = (answer?: CheckAnswer) => {
      clearTimeout(timer);
      resolve(answer);
    };
    worker.onmessage = ({ data }: MessageEvent<CheckAnswer>) => done(data);
    worker.onerror = () => done();
    worker.postMessage(question);
  });
}

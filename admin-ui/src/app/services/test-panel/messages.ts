import type { Misfit } from '../schema-form/check-arguments';
import type { ReadProblem } from '../schema-form/form-model';

/** Says a text of the dictionaries. */
export type Say = (key: string, params?: Record<string, unknown>) => string;

/** Keywords with a sentence of their own; the others share one that names the keyword. */
const WORDED = new Set([
  'required',
  'type',
  'enum',
  'const',
  'format',
  'pattern',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'uniqueItems',
  'additionalProperties',
  'false',
]);

/** What the checker found, as one sentence per place. */
export function misfitMessages(misfits: readonly Misfit[], say: Say): Map<string, string> {
  const messages = new Map<string, string>();
  for (const { path, keyword, limit } of misfits) {
    const key = WORDED.has(keyword) ? keyword : 'other';
    const sentence = say(`services.misfit.${key}`, { limit: limit ?? '', keyword });
    messages.set(path, messages.has(path) ? `${messages.get(path)} ${sentence}` : sentence);
  }
  return messages;
}

/** What could not be read from the form, as one sentence per place. */
export const problemMessages = (problems: readonly ReadProblem[], say: Say): Map<string, string> =>
  new Map(problems.map(({ path, code }) => [path, say(`services.unreadable.${code}`)]));

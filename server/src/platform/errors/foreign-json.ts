import type { FieldProblem } from './app-error.js';

const DEEPEST = 64;
const MOST_KEYS = 50_000;

/**
 * What is wrong with a parsed body before any class is made of it; undefined when nothing is.
 *
 * Names that every object inherits are refused at the top, because class-transformer drops them without a word, and
 * `__proto__` everywhere. Depth and number of keys are bounded, because the libraries that follow recurse.
 */
export function problemOfForeign(body: unknown): FieldProblem | undefined {
  const open: { value: unknown; path: string; depth: number }[] = [{ value: body, path: '', depth: 0 }];
  let keys = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, path, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (depth > DEEPEST) return { path, message: `must not be nested deeper than ${DEEPEST} levels` };
    for (const key of Object.keys(value)) {
      if (isInherited(key, depth)) return { path: path || key, message: `property ${key} should not exist` };
      if ((keys += 1) > MOST_KEYS) return { path, message: `must not hold more than ${MOST_KEYS} values` };
      open.push({ value: (value as Record<string, unknown>)[key], path: path || key, depth: depth + 1 });
    }
  }
  return undefined;
}

const isInherited = (key: string, depth: number): boolean =>
  key === '__proto__' || (depth === 0 && key in Object.prototype);

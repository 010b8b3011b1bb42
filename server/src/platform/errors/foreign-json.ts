import type { FieldProblem } from './app-error.js';

const DEEPEST = 64;
const MOST_KEYS = 50_000;

/** What can be said of a parsed body before any class is made of it. */
export interface ForeignJson {
  /** Why it is refused; absent when nothing is wrong so far. */
  problem?: FieldProblem;
  /** It holds what the libraries that make classes of it would lose without a word; see `restoreLosses`. */
  isOdd: boolean;
}

/**
 * Looks at every value of a body.
 *
 * Names that every object inherits are refused at the top, and `__proto__` everywhere. Depth and number of keys are bounded,
 * because the libraries that follow recurse.
 */
export function examineForeign(body: unknown): ForeignJson {
  const open: { value: unknown; path: string; depth: number }[] = [{ value: body, path: '', depth: 0 }];
  let keys = 0;
  let isOdd = false;
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, path, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (depth > DEEPEST) return refused(path, `must not be nested deeper than ${DEEPEST} levels`);
    const isList = Array.isArray(value);
    for (const key of Object.keys(value)) {
      const child = (value as Record<string, unknown>)[key];
      if (key === '__proto__' || (depth === 0 && isInherited(key)))
        return refused(path || key, `property ${key} should not exist`);
      if ((keys += 1) > MOST_KEYS) return refused(path, `must not hold more than ${MOST_KEYS} values`);
      isOdd ||= isList ? Array.isArray(child) : isInherited(key);
      open.push({ value: child, path: path || key, depth: depth + 1 });
    }
  }
  return { isOdd };
}

const refused = (path: string, message: string): ForeignJson => ({ problem: { path, message }, isOdd: true });

const isInherited = (key: string): boolean => key in Object.prototype || key === 'prototype';

/**
 * What became of an odd body when a class was made of it: free JSON gets back the names that were lost on the way, such as an
 * argument `constructor` of a tool. Where a class says which fields there are, a lost name is one that it does not know, and a
 * list among its items is no item.
 *
 * @param sent as it came; at most 64 levels deep
 * @param made of it; completed in place
 * @returns why the body is refused after all
 */
export function restoreLosses(sent: unknown, made: unknown, path = ''): FieldProblem | undefined {
  if (!isObject(sent) || !isObject(made)) return undefined;
  const isFree = Array.isArray(made) || Object.getPrototypeOf(made) === Object.prototype;
  for (const [key, value] of Object.entries(sent)) {
    const at = path ? `${path}.${key}` : key;
    if (!Object.hasOwn(made, key)) {
      if (!isFree) return { path: at, message: `property ${key} should not exist` };
      Object.defineProperty(made, key, { value, enumerable: true, writable: true, configurable: true });
      continue;
    }
    const child = (made as Record<string, unknown>)[key];
    if (!isFree && Array.isArray(child) && child.some(Array.isArray))
      return { path: at, message: `each value in ${key} must not be a list` };
    const problem = restoreLosses(value, child, at);
    if (problem) return problem;
  }
  return undefined;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

import type { ForeignObject } from '../../services/index.js';

/** What the sender of a request takes that the SDK would not let through. */
export interface Takes {
  /** A task in place of the answer. */
  readonly mayBeTask?: boolean;
  /** A list with whatever is in it. */
  readonly isList?: boolean;
}

/** A valid answer to everything that may be taken. */
const STAND_IN: ForeignObject = {
  resultType: 'complete',
  ttlMs: 0,
  cacheScope: 'private',
  content: [],
  tools: [],
  resources: [],
  resourceTemplates: [],
  prompts: [],
};

/**
 * What the SDK gets to see in place of an answer that it would refuse; undefined when it may see the answer itself.
 *
 * Of a modern service it refuses results of a kind that it does not know, such as tasks, and a whole list for one item that
 * is not as the schema has it.
 */
export function standInFor({ resultType }: ForeignObject, { mayBeTask, isList }: Takes): ForeignObject | undefined {
  const takes = (mayBeTask && resultType === 'task') || (isList && resultType === 'complete');
  return takes ? STAND_IN : undefined;
}

import type { CallToolResult } from '@modelcontextprotocol/server';
import type { Door } from '@gatehouse/contracts';
import { contentHash } from '../../platform/index.js';
import type { CallOrigin } from '../path/call-plan.js';
import type { ToolView } from '../tool-directory.js';
import type { Keeping, Shelf } from './keeping.js';

/** Doors at which somebody wants to see what the service says now. */
const ALWAYS_FRESH: ReadonlySet<Door> = new Set(['test', 'inspector']);

/** How answers of a tool are kept; undefined where no administrator turned that on, or for this one call not. */
export function keepingOf({ policy, definition }: ToolView, origin: CallOrigin): Keeping<CallToolResult> | undefined {
  const { cache } = policy;
  if (!cache || wantsFresh(origin)) return undefined;
  const shelf: Shelf = { ttlMs: cache.ttlSeconds * 1_000, scope: cache.scope };
  return {
    scopes: [cache.scope],
    // Whatever a service changes of a tool, its schemas, words or hints, makes it another tool.
    subject: ['tool', definition.name, contentHash(definition)],
    allows: (answer) => (isRepeatable(answer) ? shelf : undefined),
  };
}

/** Whether this one call goes to the service in any case. */
export const wantsFresh = ({ continuation, door }: CallOrigin): boolean =>
  continuation !== undefined || ALWAYS_FRESH.has(door);

const RELATED_TASK = 'io.modelcontextprotocol/related-task';

/**
 * Whether an answer can be given again. A failure may be over by then; a link may lead to what the service made for this
 * one call; and a task belongs to whoever began it.
 */
function isRepeatable({ isError, content, _meta }: CallToolResult): boolean {
  return isError !== true && !content.some(({ type }) => type === 'resource_link') && !(_meta && RELATED_TASK in _meta);
}

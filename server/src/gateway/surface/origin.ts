import type { ServerContext } from '@modelcontextprotocol/server';
import type { CallOrigin } from '../../tools/index.js';
import { callerOf } from '../caller.js';
import { legacyOrigin } from '../legacy/legacy-origin.js';
import { modernOrigin } from '../modern/modern-origin.js';

/** Where a call comes from, as the era of its client has it, and which endpoint it came to. Only modern requests carry the envelope. */
export function originOf(context: ServerContext): CallOrigin {
  const { via } = callerOf(context).catalogue;
  const origin = context.mcpReq.envelope ? modernOrigin(context) : legacyOrigin(context);
  return via ? { ...origin, via } : origin;
}

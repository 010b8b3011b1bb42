import type { ServerContext } from '@modelcontextprotocol/server';
import type { CallOrigin } from '../../tools/index.js';
import { legacyOrigin } from '../legacy/legacy-origin.js';
import { modernOrigin } from '../modern/modern-origin.js';

/** Where a call comes from, as the era of its client has it. Only modern requests carry the envelope. */
export const originOf = (context: ServerContext): CallOrigin =>
  context.mcpReq.envelope ? modernOrigin(context) : legacyOrigin(context);

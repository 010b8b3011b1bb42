import type { ForeignObject } from '../../services/index.js';

const HOP_META = 'io.modelcontextprotocol/';

/** `_meta` without what describes one hop of the protocol (its own keys, the token for progress) and means nothing on the next. Pure. */
export const withoutHopMeta = (meta: ForeignObject = {}): Record<string, unknown> =>
  Object.fromEntries(Object.entries(meta).filter(([key]) => key !== 'progressToken' && !key.startsWith(HOP_META)));

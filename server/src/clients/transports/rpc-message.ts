import type { JSONRPCMessage } from '@modelcontextprotocol/client';

/** The cheap part of the check; the SDK's protocol layer looks at the rest when it sorts messages. */
export const isRpcMessage = (value: unknown): value is JSONRPCMessage =>
  typeof value === 'object' && value !== null && 'jsonrpc' in value && value.jsonrpc === '2.0';

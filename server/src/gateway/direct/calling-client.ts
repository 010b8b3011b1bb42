import type { CallToolResult, Server } from '@modelcontextprotocol/server';
import type { ForeignObject } from '../../services/index.js';

/** How the client that calls a tool is answered. */
export interface CallingClient {
  /** The server of its session or request; absent for a modern client whose call goes past the SDK. */
  readonly server?: Server;
  /** A tool's answer as the client's revision writes it. */
  project(result: CallToolResult, outputSchema: ForeignObject | undefined): CallToolResult;
}

export const clientOf = (server: Server): CallingClient => ({
  server,
  project: (result, outputSchema) => server.projectCallToolResult(result, outputSchema),
});

/** Of revision 2026-07-28. */
export const MODERN_CLIENT: CallingClient = { project: withText };

/**
 * Structured content that is no object is said in a text too, where the tool has not done so itself.
 *
 * Source: MCP 2026-07-28, server/tools (SEP-2106 §4.3).
 */
function withText(result: CallToolResult): CallToolResult {
  const { structuredContent: structured, content } = result as { structuredContent?: unknown } & CallToolResult;
  if (structured === undefined) return result;
  if (typeof structured === 'object' && structured !== null && !Array.isArray(structured)) return result;
  if (content.some(({ type }) => type === 'text')) return result;
  return { ...result, content: [...content, { type: 'text', text: JSON.stringify(structured) }] };
}

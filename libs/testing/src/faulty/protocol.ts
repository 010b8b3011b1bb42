/** The least of the protocol, by hand: the SDK would not let a service misbehave. */

export interface RpcRequest {
  id: string | number;
  method: string;
  params?: { name?: string; arguments?: Record<string, unknown>; taskId?: string; task?: object };
}

export type FaultyEra = 'modern' | 'legacy';

const INFO = { name: 'faulty', version: '1.0.0' };
const MODERN_CAPABILITIES = { tools: {}, extensions: { 'io.modelcontextprotocol/tasks': {} } };
const CACHE = { ttlMs: 0, cacheScope: 'private' };

/** A JSON-RPC answer as text. */
export const answerText = (id: unknown, result: unknown): string => JSON.stringify({ jsonrpc: '2.0', id, result });

export const textResult = (text: string) => ({ resultType: 'complete', content: [{ type: 'text', text }] });

const withMeta = (id: unknown, meta: string): string =>
  answerText(id, { ...textResult('fine'), _meta: { odd: 'META' } }).replace('"META"', meta);

/** An answer that holds a list in a list, 50,000 times: whoever walks through it loses their stack. */
export const deepText = (id: unknown): string => withMeta(id, '['.repeat(50_000) + ']'.repeat(50_000));

/** An answer with 120,000 different keys: a million take more than a second to parse. */
export const keyRichText = (id: unknown): string =>
  withMeta(id, `{${Array.from({ length: 120_000 }, (_, each) => `"k${each}":1`).join(',')}}`);

/** What a well-behaved service answers to anything but a tool call; undefined when it does not know the method. */
export function politeResult(method: string, era: FaultyEra, tools: readonly string[]): object | undefined {
  switch (method) {
    case 'server/discover':
      if (era === 'legacy') return undefined;
      return { resultType: 'complete', supportedVersions: ['2026-07-28'], capabilities: MODERN_CAPABILITIES, ...CACHE };
    case 'initialize':
      if (era === 'modern') return undefined;
      return {
        protocolVersion: '2025-11-25',
        capabilities: { tools: {}, tasks: { requests: { tools: { call: {} } } } },
        serverInfo: INFO,
      };
    case 'tools/list': {
      const listed = tools.map((name) => ({ name, inputSchema: { type: 'object' } }));
      return { resultType: 'complete', tools: listed, ...CACHE };
    }
    case 'ping':
      return {};
    default:
      return undefined;
  }
}

import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

type Json = Record<string, unknown>;

const TEXT = { name: 'answer', inputSchema: { type: 'object' } };

/**
 * A service of one era that answers with whatever a test puts into it, valid or not. The official server would refuse to
 * send most of it.
 */
export class ScriptedService {
  /** What its only tool, `answer`, answers with; merged into a complete result. */
  result: Json = {};
  /** More of the tool's definition. */
  definition: Json = {};
  /** What `resources/read` answers with. */
  contents: unknown = [];
  /** What `prompts/get` answers with. */
  messages: unknown = [];
  /** The params of the requests that arrived, by method. */
  readonly heard = new Map<string, Json>();

  private constructor(
    private readonly server: Server,
    private readonly era: 'modern' | 'legacy',
  ) {}

  static async start(era: 'modern' | 'legacy'): Promise<ScriptedService> {
    const server = createServer((request, response) => {
      void service.answer(request).then((body) => {
        response.writeHead(body ? 200 : 202, { 'content-type': 'application/json' }).end(body);
      });
    });
    const service = new ScriptedService(server, era);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return service;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/mcp`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage): Promise<string | undefined> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { id, method, params } = JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}') as Json;
    if (id === undefined) return undefined;
    this.heard.set(String(method), params as Json);
    if (this.era === 'legacy' && method === 'server/discover') {
      return JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32601, message: 'Method not found' } });
    }
    const kind = this.era === 'modern' ? { resultType: 'complete' } : {};
    return JSON.stringify({ jsonrpc: '2.0', id, result: { ...kind, ...this.resultOf(String(method)) } });
  }

  private resultOf(method: string): Json {
    const fresh = { ttlMs: 0, cacheScope: 'private' };
    const capabilities = { tools: {}, resources: {}, prompts: {} };
    const results: Record<string, Json> = {
      initialize: { protocolVersion: '2025-11-25', capabilities, serverInfo: { name: 'scripted', version: '1' } },
      'server/discover': {
        ...fresh,
        supportedVersions: ['2026-07-28'],
        capabilities,
        _meta: { 'io.modelcontextprotocol/serverInfo': { name: 'scripted', version: '1' } },
      },
      'tools/list': { ...fresh, tools: [{ ...TEXT, ...this.definition }] },
      'tools/call': this.result,
      'resources/list': { ...fresh, resources: [{ uri: 'scripted://one', name: 'one' }] },
      'resources/templates/list': { ...fresh, resourceTemplates: [] },
      'resources/read': { ...fresh, contents: this.contents },
      'prompts/list': { ...fresh, prompts: [{ name: 'prompt' }] },
      'prompts/get': { messages: this.messages },
    };
    return results[method] ?? {};
  }
}

import type { LlmModel, Service, UsableTool } from '@gatehouse/api-client';

import type { StreamChunk } from '../conversation/stream-chunk.js';

/** A gateway in memory for specs: answers `fetch` by method and path, and remembers what was sent. */
export class TestingGateway {
  readonly sent: { method: string; path: string; body: unknown }[] = [];
  services: Service[] = [aService('weather', '天气', 'Weather'), aService('mail', '邮件', 'Mail')];
  tools: UsableTool[] = [aTool('weather', 'forecast')];
  models: LlmModel[] = [{ id: 'p/m', providerId: 'p', model: 'm', label: 'Model', isDefault: true }];
  /** What the next turn streams; a string is sent as it is, the rest as JSON. */
  turn: (StreamChunk | string)[] = [];
  /** Answers instead of the above where it has something to say. */
  refuse: (path: string) => { status: number; code: string } | undefined = () => undefined;

  readonly fetch: typeof fetch = (input, init) => {
    init?.signal?.throwIfAborted();
    const url = new URL(input as string, 'https://gateway.example');
    const method = init?.method ?? 'GET';
    this.sent.push({ method, path: url.pathname, body: init?.body ? JSON.parse(init.body as string) : undefined });
    return Promise.resolve(this.#answer(method, url));
  };

  /** Bodies of the turns that were sent. */
  get turns(): unknown[] {
    return this.sent
      .filter(({ method, path }) => method === 'POST' && path.endsWith('/messages'))
      .map(({ body }) => body);
  }

  #answer(method: string, { pathname, searchParams }: URL): Response {
    const refusal = this.refuse(pathname);
    if (refusal)
      return json(
        { error: { code: refusal.code, message: 'Refused.', remedy: 'Ask.', requestId: 'r1' } },
        refusal.status,
      );
    const query = searchParams.get('q');
    // The server knows pinyin: 邮件 is youjian.
    const found = this.services.filter(({ id }) => !query || (query === 'yj' && id === 'mail'));
    if (pathname === '/api/mcp/services') return json({ items: found, nextCursor: null });
    if (pathname === '/api/mcp/tools') return json({ items: this.tools, nextCursor: null });
    if (pathname === '/api/llm/models') return json({ items: this.models });
    if (pathname.endsWith('/messages') && method === 'POST') return stream(this.turn);
    if (pathname.endsWith('/messages'))
      return json({ items: [{ id: 'u', role: 'user', parts: [{ type: 'text', text: 'Old' }] }], nextCursor: null });
    if (pathname.endsWith('/stop') || method === 'DELETE') return json(undefined, 204);
    const conversation = {
      id: 'c1',
      title: 'Old',
      serviceIds: ['mail'],
      modelId: null,
      createdAt: '',
      updatedAt: '2026-01-01T00:00:00Z',
    };
    return json(method === 'POST' ? conversation : { items: [conversation], nextCursor: null });
  }
}

export function aService(id: string, zh: string, en: string): Service {
  const moment = '2026-01-01T00:00:00.000Z';
  return {
    id,
    slug: `${id}-slug`,
    name: id,
    displayName: { zh, en },
    description: {},
    category: null,
    tags: [],
    type: 'http',
    url: null,
    enabled: true,
    status: 'active',
    health: { state: 'ready', since: moment, checkedAt: moment },
    capabilities: {
      era: null,
      protocolVersion: null,
      transport: null,
      serverInfo: null,
      instructions: null,
      tools: 1,
      resources: 0,
      resourceTemplates: 0,
      prompts: 0,
      fetchedAt: null,
    },
    createdBy: null,
    createdAt: moment,
    updatedAt: moment,
    version: 1,
    can: { edit: false, delete: false, test: false, call: true },
  };
}

export const aTool = (serviceId: string, name: string): UsableTool => ({
  name,
  publicName: `${serviceId}__${name}`,
  title: 'Forecast',
  description: 'The weather of a city.',
  inputSchema: { type: 'object', properties: { city: { type: 'string', title: 'City' } }, required: ['city'] },
  class: 'read',
  approval: 'never',
  hiddenCharacters: 0,
  cache: null,
  idempotent: false,
  can: { call: true },
  serviceId,
  serviceSlug: serviceId,
  serviceName: { zh: '天气', en: 'Weather' },
});

const json = (body: unknown, status = 200): Response =>
  ({ ok: status < 300, status, json: () => Promise.resolve(body) }) as Response;

function stream(turn: readonly (StreamChunk | string)[]): Response {
  const lines = turn.map((chunk) => (typeof chunk === 'string' ? chunk : `data: ${JSON.stringify(chunk)}\n\n`));
  const reader = {
    read: () => {
      const line = lines.shift();
      return Promise.resolve(
        line === undefined ? { done: true } : { done: false, value: new TextEncoder().encode(line) },
      );
    },
    cancel: () => Promise.resolve(),
  };
  return { ok: true, status: 200, body: { getReader: () => reader } } as unknown as Response;
}

export const DONE = 'data: [DONE]\n\n';

/** An answer of a few words. */
export const says = (text: string): (StreamChunk | string)[] => [
  { type: 'start', messageId: 'a1' },
  { type: 'text-start', id: '0' },
  { type: 'text-delta', id: '0', delta: text },
  { type: 'text-end', id: '0' },
  { type: 'finish' },
  DONE,
];

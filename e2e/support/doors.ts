import { createParser } from 'eventsource-parser';

export type DoorName = 'modern' | 'legacy' | 'rest';

export interface DoorAnswer {
  /** The text of the tool's answer; undefined when there is none. */
  text: string | undefined;
  /** Everything that was said, for whoever looks for the reason. */
  raw: string;
}

/** Calls a tool of a service by one door, as one person. @throws when there is no answer */
export type DoorCall = (service: string, tool: string, args: object) => Promise<DoorAnswer>;

/** A lost answer must not look like a slow machine. */
const PATIENCE_MS = 60_000;
const MODERN = '2026-07-28';
const LEGACY = '2025-11-25';

type Post = (path: string, body: object, headers?: Record<string, string>) => Promise<Response>;

/** What a caller of that door does before its first call, and the way to call from then on. */
export function openDoor(door: DoorName, url: string, secret: string): Promise<DoorCall> {
  const post: Post = (path, body, headers = {}) =>
    fetch(url + path, {
      method: 'POST',
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        authorization: `Bearer ${secret}`,
        ...headers,
      },
      body: JSON.stringify(body),
    });
  return { modern: openModern, legacy: openLegacy, rest: openRest }[door](post);
}

function openRest(post: Post): Promise<DoorCall> {
  return Promise.resolve(async (service, tool, args) => {
    const raw = await (await post(`/api/mcp/services/${service}/tools/${tool}`, { arguments: args })).text();
    return { text: textOf(raw), raw };
  });
}

function openModern(post: Post): Promise<DoorCall> {
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': MODERN,
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  let id = 0;
  return Promise.resolve(async (service, tool, args) => {
    const name = `${service}__${tool}`;
    const headers = { 'mcp-protocol-version': MODERN, 'mcp-method': 'tools/call', 'mcp-name': name };
    const params = { name, arguments: args, _meta };
    const raw = await bodyOf(
      await post('/mcp', { jsonrpc: '2.0', id: (id += 1), method: 'tools/call', params }, headers),
    );
    return { text: textOf(raw), raw };
  });
}

async function openLegacy(post: Post): Promise<DoorCall> {
  const clientInfo = { name: 'gatehouse-story', version: '1.0.0' };
  const hello = { protocolVersion: LEGACY, capabilities: {}, clientInfo };
  const opened = await post('/mcp', { jsonrpc: '2.0', id: 0, method: 'initialize', params: hello });
  await opened.text();
  const session = { 'mcp-session-id': opened.headers.get('mcp-session-id') ?? '', 'mcp-protocol-version': LEGACY };
  await (await post('/mcp', { jsonrpc: '2.0', method: 'notifications/initialized' }, session)).text();
  let id = 0;
  return async (service, tool, args) => {
    const params = { name: `${service}__${tool}`, arguments: args };
    const raw = await bodyOf(
      await post('/mcp', { jsonrpc: '2.0', id: (id += 1), method: 'tools/call', params }, session),
    );
    return { text: textOf(raw), raw };
  };
}

/** The one answer of a response, in one piece or at the end of a stream. */
async function bodyOf(response: Response): Promise<string> {
  const text = await response.text();
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) return text;
  const messages: string[] = [];
  const parser = createParser({ onEvent: ({ data }) => data !== '' && messages.push(data) });
  parser.feed(text);
  return messages.at(-1) ?? '';
}

function textOf(raw: string): string | undefined {
  const { result } = JSON.parse(raw) as { result?: { isError?: boolean; content?: { text?: string }[] } };
  return result?.isError ? undefined : result?.content?.[0]?.text;
}

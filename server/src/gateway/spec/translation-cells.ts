import { Client, StreamableHTTPClientTransport, type CallToolResult } from '@modelcontextprotocol/client';
import { FAKE_MCP_SERVER_FILE, startFakeMcpServer, type FakeTransport, type RunningFakeMcp } from '@gatehouse/testing';
import { RunningProduct, type Person } from '../../spec/running-product.js';

export type Era = 'modern' | 'legacy';

/** A service as the gateway reaches it. */
export interface Upstream {
  readonly slug: string;
  readonly era: Era;
  readonly transport: FakeTransport | 'stdio';
}

export const UPSTREAMS: readonly Upstream[] = [
  { slug: 'm-http', era: 'modern', transport: 'http' },
  { slug: 'm-stdio', era: 'modern', transport: 'stdio' },
  { slug: 'm-socket', era: 'modern', transport: 'websocket' },
  { slug: 'l-http', era: 'legacy', transport: 'http' },
  { slug: 'l-sse', era: 'legacy', transport: 'sse' },
  { slug: 'l-stdio', era: 'legacy', transport: 'stdio' },
  { slug: 'l-socket', era: 'legacy', transport: 'websocket' },
];

export interface LogLine {
  level: string;
  logger?: string;
  data: unknown;
}

/** What a client says to questions, and what it heard. */
export class Listener {
  readonly logs: LogLine[] = [];
  readonly changed: string[] = [];
  readonly updated: string[] = [];
  readonly asked: { method: string; params: Record<string, unknown> }[] = [];
  elicited: object = { action: 'accept', content: { name: 'Grace' } };
}

/** A client of one era on `/mcp`, where every upstream is. */
export interface TalkingClient {
  readonly client: Client;
  readonly heard: Listener;
}

const CAPABILITIES = { elicitation: { form: {}, url: {} }, sampling: {}, roots: { listChanged: true } };
export const SAMPLED = {
  role: 'assistant',
  model: 'the-model',
  content: { type: 'text', text: 'as you say' },
} as const;
export const ROOTS = [{ uri: 'file:///home/ann/project', name: 'project' }];

/** @param capabilities what it can be asked; nothing when false */
export async function connectTalking(
  url: string,
  key: string,
  era: Era,
  capabilities: typeof CAPABILITIES | false = CAPABILITIES,
): Promise<TalkingClient> {
  const heard = new Listener();
  const client = new Client(
    { name: 'translation-spec', version: '1' },
    {
      capabilities: capabilities || {},
      versionNegotiation: { mode: era === 'modern' ? { pin: '2026-07-28' } : 'legacy' },
    },
  );
  if (capabilities) answerQuestions(client, heard);
  client.setNotificationHandler('notifications/message', ({ params }) => void heard.logs.push(params as LogLine));
  client.setNotificationHandler('notifications/tools/list_changed', () => void heard.changed.push('tools'));
  client.setNotificationHandler('notifications/resources/updated', ({ params }) => void heard.updated.push(params.uri));
  const transport = new StreamableHTTPClientTransport(new URL('/mcp', url), {
    requestInit: { headers: { Authorization: `Bearer ${key}` } },
  });
  await client.connect(transport);
  return { client, heard };
}

function answerQuestions(client: Client, heard: Listener): void {
  client.setRequestHandler('elicitation/create', ({ params }) => {
    heard.asked.push({ method: 'elicitation/create', params });
    return heard.elicited as never;
  });
  client.setRequestHandler('sampling/createMessage', ({ params }) => {
    heard.asked.push({ method: 'sampling/createMessage', params });
    return SAMPLED;
  });
  client.setRequestHandler('roots/list', () => {
    heard.asked.push({ method: 'roots/list', params: {} });
    return { roots: ROOTS };
  });
}

/** The gateway with every upstream, and a person who may use them all. */
export class TranslationGround {
  private constructor(
    readonly product: RunningProduct,
    readonly ann: Person,
    private readonly fakes: ReadonlyMap<string, RunningFakeMcp>,
    private readonly ids: ReadonlyMap<string, string>,
  ) {}

  idOf(slug: string): string {
    return this.ids.get(slug) ?? '';
  }

  static async start(): Promise<TranslationGround> {
    const product = await RunningProduct.start({ GATEHOUSE_STDIO: 'unsandboxed' });
    const ann = await product.addPerson('ann');
    const fakes = new Map<string, RunningFakeMcp>();
    const ids = new Map<string, string>();
    for (const { slug, era, transport } of UPSTREAMS) {
      if (transport === 'stdio') {
        ids.set(slug, await product.addService(slug, undefined, commandOf(era)));
        continue;
      }
      const fake = await startFakeMcpServer({ era, transport, protocol: true });
      fakes.set(slug, fake);
      const type = transport === 'websocket' ? { type: 'websocket' } : {};
      ids.set(slug, await product.addService(slug, fake.url, type));
    }
    for (const id of ids.values()) await product.grant(ann, id);
    return new TranslationGround(product, ann, fakes, ids);
  }

  async stop(): Promise<void> {
    await this.product.stop();
    await Promise.all([...this.fakes.values()].map((fake) => fake.close()));
  }
}

const commandOf = (era: Era): object => ({
  type: 'stdio',
  config: {
    command: process.execPath,
    args: [FAKE_MCP_SERVER_FILE, '--transport', 'stdio', '--era', era, '--protocol'],
  },
});

/** The text of an answer in one piece. */
export const textOf = (result: CallToolResult): string =>
  result.content.map((block) => (block.type === 'text' ? block.text : '')).join('');

/** The JSON that a tool gave back as text. */
export const jsonOf = (result: CallToolResult): Record<string, unknown> =>
  JSON.parse(textOf(result)) as Record<string, unknown>;

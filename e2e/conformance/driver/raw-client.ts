import { createParser } from 'eventsource-parser';
import { paramHeaders, nameHeader, type InputSchema } from './headers.ts';

export interface Tool {
  name: string;
  inputSchema: InputSchema;
}

export type Params = Record<string, unknown>;

interface Message {
  id?: unknown;
  method?: string;
  params?: Params;
  result?: Params;
  error?: { code: number; message: string };
}

/** Answers a question that reached the client: the bare result of `elicitation/create` or `sampling/createMessage`. */
export type Answerer = (method: string, params: Params) => Params;

/**
 * An MCP client over plain HTTP. It corrects nothing, validates nothing and leaves nothing out, so that whatever the suite
 * sees was done by the gateway.
 */
export abstract class RawClient {
  protected readonly answer: Answerer;
  private readonly url: string;
  private readonly secret: string;
  private nextId = 1;

  constructor(url: string, secret: string, answer: Answerer) {
    this.url = url;
    this.secret = secret;
    this.answer = answer;
  }

  abstract open(): Promise<void>;

  /** @param schema of the tool that is called, for the arguments that are mirrored into headers */
  abstract request(method: string, params?: Params, schema?: InputSchema): Promise<Params>;

  async list<T>(method: string, key: string): Promise<T[]> {
    return (await this.request(method))[key] as T[];
  }

  protected takeId(): number {
    return this.nextId++;
  }

  /**
   * Sends one message and reads until its answer has come.
   *
   * @param onOther hears what else came on the stream
   * @throws {Error} for a JSON-RPC error, or when no answer came
   */
  protected async send(
    message: Message,
    headers: Record<string, string>,
    onOther: (other: Message) => void = () => undefined,
  ): Promise<{ result: Params; headers: Headers }> {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.secret}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...headers,
      },
      body: JSON.stringify({ jsonrpc: '2.0', ...message }),
    });
    for await (const came of messagesOf(response)) {
      if (came.method !== undefined || came.id !== message.id) onOther(came);
      else if (came.error) throw new Error(`${message.method}: ${came.error.code} ${came.error.message}`);
      else return { result: came.result ?? {}, headers: response.headers };
    }
    if (message.id === undefined || message.method === undefined) return { result: {}, headers: response.headers };
    throw new Error(`${message.method}: HTTP ${response.status} without an answer`);
  }
}

async function* messagesOf(response: Response): AsyncGenerator<Message> {
  if (!response.headers.get('content-type')?.includes('text/event-stream')) {
    const text = await response.text();
    if (text) yield JSON.parse(text) as Message;
    return;
  }
  const ready: Message[] = [];
  const parser = createParser({
    onEvent: ({ data }) => {
      if (data) ready.push(JSON.parse(data) as Message);
    },
  });
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    yield* ready.splice(0);
  }
}

const PREFIX = 'io.modelcontextprotocol/';
const INFO = { name: 'conformance-driver', version: '1.0.0' };
const CAPABILITIES = { elicitation: { form: {} }, sampling: {}, roots: {} };

/** Speaks 2026-07-28. */
export class ModernRawClient extends RawClient {
  private static readonly REVISION = '2026-07-28';

  override async open(): Promise<void> {
    await this.request('server/discover');
  }

  override async request(method: string, params: Params = {}, schema?: InputSchema): Promise<Params> {
    const _meta = {
      [`${PREFIX}protocolVersion`]: ModernRawClient.REVISION,
      [`${PREFIX}clientInfo`]: INFO,
      [`${PREFIX}clientCapabilities`]: CAPABILITIES,
    };
    const headers = {
      'mcp-protocol-version': ModernRawClient.REVISION,
      'mcp-method': method,
      ...nameHeader(params),
      ...paramHeaders(schema, params.arguments),
    };
    const { result } = await this.send({ id: this.takeId(), method, params: { ...params, _meta } }, headers);
    if (result.resultType !== 'input_required') return result;
    const asked = Object.entries((result.inputRequests ?? {}) as Record<string, { method: string; params: Params }>);
    const inputResponses = Object.fromEntries(asked.map(([key, each]) => [key, this.answer(each.method, each.params)]));
    const state = result.requestState === undefined ? {} : { requestState: result.requestState };
    const { name, arguments: args, uri } = params;
    return this.request(method, { name, arguments: args, uri, inputResponses, ...state }, schema);
  }
}

/** Speaks 2025-11-25. */
export class LegacyRawClient extends RawClient {
  private static readonly REVISION = '2025-11-25';
  private session: Record<string, string> = {};

  override async open(): Promise<void> {
    const params = { protocolVersion: LegacyRawClient.REVISION, capabilities: CAPABILITIES, clientInfo: INFO };
    const { headers } = await this.send({ id: this.takeId(), method: 'initialize', params }, {});
    this.session = {
      'mcp-session-id': headers.get('mcp-session-id') ?? '',
      'mcp-protocol-version': LegacyRawClient.REVISION,
    };
    await this.send({ method: 'notifications/initialized' }, this.session);
  }

  override async request(method: string, params: Params = {}): Promise<Params> {
    const { result } = await this.send({ id: this.takeId(), method, params }, this.session, (other) => {
      if (other.method === undefined || other.id === undefined) return;
      const answered = { id: other.id, result: this.answer(other.method, other.params ?? {}) };
      // The answer to this request says how the call went; what became of ours does not.
      void this.send(answered, this.session).catch(() => undefined);
    });
    return result;
  }
}

import type { RunningProduct } from '../../spec/running-product.js';

const TASKS = 'io.modelcontextprotocol/tasks';
const KEYS = { 'tools/call': 'name', 'tasks/get': 'taskId', 'tasks/update': 'taskId', 'tasks/cancel': 'taskId' };

/** A task, as far as specs look at it. */
export interface TaskView {
  taskId: string;
  status: string;
  statusMessage?: string;
  result?: unknown;
  error?: unknown;
  inputRequests: Record<string, unknown>;
}

export interface RpcAnswer {
  status: number;
  result?: Record<string, unknown>;
  error?: { code: number; message: string; data?: unknown };
}

/** Requests of 2026-07-28 as they are on the wire: no client of the SDK takes tasks. */
export class ModernTaskClient {
  private lastId = 0;

  constructor(
    private readonly product: RunningProduct,
    private readonly key: string,
    private readonly path = '/mcp',
    private readonly capabilities: object = { elicitation: {}, extensions: { [TASKS]: {} } },
  ) {}

  async request(method: string, params: Record<string, unknown>, headers: object = {}): Promise<RpcAnswer> {
    const response = await this.post(method, params, headers);
    const text = await response.text();
    // A request that had progress to tell is answered with a stream.
    const body = text.startsWith('{') ? text : (text.match(/^data: (\{.*"id".*\})$/m)?.[1] ?? '{}');
    const { result, error } = JSON.parse(body) as RpcAnswer;
    return { status: response.status, ...(result && { result }), ...(error && { error }) };
  }

  /** The bare response, for streams. */
  post(method: string, params: Record<string, unknown>, headers: object = {}): Promise<Response> {
    this.lastId += 1;
    const _meta = {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientCapabilities': this.capabilities,
    };
    const name = params[KEYS[method as keyof typeof KEYS]];
    return this.product.post(
      this.key,
      { jsonrpc: '2.0', id: this.lastId, method, params: { ...params, _meta } },
      {
        'mcp-protocol-version': '2026-07-28',
        'mcp-method': method,
        ...(typeof name === 'string' && { 'mcp-name': name }),
        ...headers,
      },
      this.path,
    );
  }

  call(name: string, args: object = {}): Promise<RpcAnswer> {
    return this.request('tools/call', { name, arguments: args });
  }

  /** A call that must have become a task. @returns its id */
  async start(name: string, args: object = {}): Promise<string> {
    const { result, error } = await this.call(name, args);
    if (result?.['resultType'] !== 'task') throw new Error(`no task: ${JSON.stringify(result ?? error)}`);
    return String(result['taskId']);
  }

  async get(taskId: string): Promise<TaskView> {
    const { result, error } = await this.request('tasks/get', { taskId });
    if (!result) throw new Error(JSON.stringify(error));
    return result as unknown as TaskView;
  }
}

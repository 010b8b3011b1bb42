import {
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  PROTOCOL_VERSION_META_KEY,
  SERVER_INFO_META_KEY,
  type Client,
  ProtocolError,
  SdkError,
  SdkErrorCode,
  type DiscoverResult,
  type JSONRPCRequest,
  type LoggingLevel,
  type McpSubscription,
} from '@modelcontextprotocol/client';
import type { Era, ForeignObject, ServerInfo, UpstreamTransport } from '../../services/index.js';
import { AnswerLost } from '../errors/upstream-failures.js';
import { LogLevels } from '../questions/log-level.js';
import type { PendingLinks } from '../questions/pending-links.js';
import type { Partner } from '../transports/attribution.js';
import type { Exchange, Frame, ObservedTransport, Progress } from '../transports/observed-transport.js';
import type { StdioTransport } from '../transports/stdio-transport.js';
import type { ResourceStream, WatchableConnection } from '../watch/resource-subscription.js';
import { CLIENT_INFO, OWN_CAPABILITIES } from './identity.js';
import type { RawResult } from './raw-result.js';
import { MalformedResult } from './result-shape.js';
import { isAnswerTo, resultOf, type RpcAnswer } from './rpc-answer.js';

export interface RequestOptions {
  /** How long the whole exchange may take from now, ms; absent: until `signal` ends it. Progress does not extend it. */
  timeoutMs?: number;
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
  onFrame?: (frame: Frame) => void;
  headers?: Readonly<Record<string, string>>;
  /** Who is asked, and hears of it, while it runs. */
  partner?: Partner;
  /** Takes a task in place of the answer. */
  mayBeTask?: boolean;
}

export type ListKind = 'tools' | 'resources' | 'prompts';

/** What a connection tells its owner. */
export interface ConnectionEvents {
  /** It is gone and was not closed by us. */
  onClosed?: (cause: Error | undefined) => void;
  /** Something broke that may mean the service is gone; worth a look. */
  onTrouble?: () => void;
  onListChanged?: (kind: ListKind) => void;
  /** A question came of which it could not be said whose call it belongs to. */
  onUnclearQuestion?: () => void;
  /** A resource that was asked for, or a part of one, is not what it was. */
  onResourceUpdated?: (uri: string) => void;
}

const LIST_CHANGED = {
  tools: 'notifications/tools/list_changed',
  resources: 'notifications/resources/list_changed',
  prompts: 'notifications/prompts/list_changed',
} as const;

/** In whose course a service has nothing to ask or to say. */
const QUIET: ReadonlySet<string> = new Set([
  'ping',
  'server/discover',
  'logging/setLevel',
  'resources/subscribe',
  'resources/unsubscribe',
  'tasks/update',
  'tasks/cancel',
]);

/** The SDK's client counts from 0 for what it asks itself. */
const FIRST_ID = 1_000_000_000;

/** How long a service may take to begin or stop reporting changes. */
const WATCH_MS = 10_000;

/** One live, initialised connection to a service. Knows the protocol, not the policy around it. */
export class Connection implements WatchableConnection {
  private events: ConnectionEvents = {};
  private closing = false;
  private subscription: McpSubscription | undefined;
  private readonly logLevels = new LogLevels();
  private lastId = FIRST_ID;

  constructor(
    private readonly client: Client,
    private readonly transport: ObservedTransport,
    readonly kind: UpstreamTransport,
    /** The child process behind it, for stdio. */
    readonly process: StdioTransport | undefined,
  ) {
    client.onclose = () => {
      if (!this.closing) this.events.onClosed?.(this.process?.ending ?? this.transport.lastError);
    };
    client.onerror = () => this.trouble();
    transport.era = () => this.era;
    transport.onUnclearQuestion = () => this.events.onUnclearQuestion?.();
    for (const kind of Object.keys(LIST_CHANGED) as ListKind[]) {
      client.setNotificationHandler(LIST_CHANGED[kind], () => this.events.onListChanged?.(kind));
    }
    client.setNotificationHandler('notifications/resources/updated', ({ params }) =>
      this.events.onResourceUpdated?.(params.uri),
    );
  }

  get era(): Era {
    return this.client.getProtocolEra() ?? 'legacy';
  }

  get protocolVersion(): string {
    return this.client.getNegotiatedProtocolVersion() ?? '';
  }

  get serverInfo(): ServerInfo | null {
    const info = this.discovered ? this.discovered._meta?.[SERVER_INFO_META_KEY] : this.client.getServerVersion();
    if (!isServerInfo(info)) return null;
    return { name: info.name, version: info.version, ...(typeof info.title === 'string' && { title: info.title }) };
  }

  get instructions(): string | null {
    return (this.discovered ?? { instructions: this.client.getInstructions() }).instructions ?? null;
  }

  get capabilities(): NonNullable<ReturnType<Client['getServerCapabilities']>> {
    return this.discovered?.capabilities ?? this.client.getServerCapabilities() ?? {};
  }

  /** What a modern service last said of itself. */
  get discovered(): DiscoverResult | undefined {
    return this.client.getDiscoverResult();
  }

  /** Asks a modern service again what it is: a stored verdict may describe what it was last week. */
  async rediscover(timeoutMs: number): Promise<void> {
    if (this.era === 'modern') await this.client.discover({ timeout: timeoutMs });
  }

  /** A legacy HTTP session that the service may forget. */
  get hasSession(): boolean {
    return this.transport.sessionId !== undefined;
  }

  listen(events: ConnectionEvents): void {
    this.events = events;
  }

  /**
   * Sends one request and gives the answer as it came, but for the mark that it is complete.
   *
   * @throws {ProtocolError} the service's own error · {MalformedResult} · what the transport throws; `mapUpstreamError`
   * makes sense of it
   */
  async request(
    method: string,
    params: Record<string, unknown> | undefined,
    options: RequestOptions,
  ): Promise<RawResult> {
    const id = (this.lastId += 1);
    const meta = this.metaOf(params?.['_meta'], options.onProgress && id);
    const message = { jsonrpc: '2.0', id, method, params: { ...params, ...(meta && { _meta: meta }) } } as const;
    const answer = await this.answerTo(message, options);
    return resultOf(method, answer, this.era, options.mayBeTask);
  }

  private answerTo(message: JSONRPCRequest, options: RequestOptions): Promise<RpcAnswer> {
    const { onProgress, onFrame, partner, signal, timeoutMs, headers } = options;
    const { id, method } = message;
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        act();
      };
      const fail = (error: unknown): void => settle(() => reject(this.moreTelling(error)));
      const giveUp = (reason: SdkError): void => {
        this.cancel(id, reason);
        fail(reason);
      };
      const onAbort = (): void => giveUp(new SdkError(SdkErrorCode.RequestTimeout, String(signal?.reason)));
      const timer =
        timeoutMs === undefined
          ? undefined
          : setTimeout(() => giveUp(new SdkError(SdkErrorCode.RequestTimeout, 'Request timed out')), timeoutMs);
      if (signal?.aborted) return fail(new SdkError(SdkErrorCode.RequestTimeout, String(signal.reason)));
      signal?.addEventListener('abort', onAbort);
      const exchange: Exchange = {
        onProgress,
        onFrame,
        partner,
        isQuiet: QUIET.has(method),
        onLost: fail,
        onAnswer: (answer) =>
          isAnswerTo(id, answer)
            ? settle(() => resolve(answer))
            : fail(new MalformedResult(`${method}: neither a result nor an error`)),
      };
      this.transport.ask(message, exchange, headers).catch(fail);
    });
  }

  /** Nobody waits any more: the service hears it where hanging up does not say so. */
  private cancel(requestId: number | string, reason: SdkError): void {
    this.transport.abandon(requestId);
    if (this.era === 'modern' && this.transport.hasPerRequestStream) return;
    const params = { requestId, reason: reason.message };
    this.client.notification({ method: 'notifications/cancelled', params }).catch(() => undefined);
  }

  /** What every request carries: since 2026-07-28 who we are, and what marks it for progress. */
  private metaOf(given: unknown, progressToken: number | undefined): ForeignObject | undefined {
    const own = this.era === 'modern' ? this.envelope() : undefined;
    if (!own && progressToken === undefined) return given as ForeignObject | undefined;
    return { ...own, ...(given as ForeignObject | undefined), ...(progressToken !== undefined && { progressToken }) };
  }

  private envelope(): ForeignObject {
    return {
      [PROTOCOL_VERSION_META_KEY]: this.protocolVersion,
      [CLIENT_INFO_META_KEY]: CLIENT_INFO,
      [CLIENT_CAPABILITIES_META_KEY]: OWN_CAPABILITIES,
    };
  }

  /** Who was asked to open which address. */
  get links(): PendingLinks {
    return this.transport.links;
  }

  /** Whether everything that was asked on it was answered, so that nothing of it can come up in a later call. */
  get isClean(): boolean {
    return this.transport.isClean;
  }

  /**
   * Runs `work` while a legacy service logs at least from `level` on; one that cannot be told logs as it likes. A modern
   * one is told with each request.
   */
  async hearing<T>(level: LoggingLevel | undefined, timeoutMs: number, work: () => Promise<T>): Promise<T> {
    if (level === undefined || this.era === 'modern' || !this.capabilities.logging) return work();
    const news = this.logLevels.enter(level);
    try {
      if (news) await this.tellLogLevel(news, timeoutMs);
      return await work();
    } finally {
      this.logLevels.leave(level);
    }
  }

  /** Round trip of the cheapest request, ms. Any answer counts, even a refusal: whoever answers lives. */
  async check(timeoutMs: number): Promise<number> {
    const started = performance.now();
    const method = this.era === 'modern' ? 'server/discover' : 'ping';
    try {
      await this.request(method, undefined, { timeoutMs });
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
    }
    return performance.now() - started;
  }

  /** Asks a modern service to tell when its lists change; a legacy one tells unasked. */
  async subscribe(timeoutMs: number): Promise<void> {
    if (this.era !== 'modern') return;
    const { tools, resources, prompts } = this.capabilities;
    const filter = {
      ...(tools?.listChanged && { toolsListChanged: true }),
      ...(resources?.listChanged && { resourcesListChanged: true }),
      ...(prompts?.listChanged && { promptsListChanged: true }),
    };
    if (Object.keys(filter).length === 0) return;
    this.subscription = await this.client.listen(filter, { timeout: timeoutMs });
    void this.subscription.closed.then((how) => {
      this.subscription = undefined;
      if (how !== 'local') this.trouble();
    });
  }

  /**
   * Calls `wake` whenever a legacy service says that this task changed; what it asks for the task is asked of `partner`.
   *
   * @returns how to stop
   */
  followTask(taskId: string, partner: Partner, wake: () => void): () => void {
    return this.transport.followTask(taskId, { partner, onStatus: wake, onLost: () => undefined });
  }

  /**
   * Runs `work`, while the service is at something for `partner` that no open request shows. Unless it said itself that it
   * is done, what it asks later may be for that.
   */
  async occupied<T>(partner: Partner, work: () => Promise<T>): Promise<T> {
    const release = this.transport.occupy({ partner, onLost: () => undefined });
    let isDone = false;
    try {
      const result = await work();
      isDone = true;
      return result;
    } catch (error) {
      isDone = error instanceof ProtocolError;
      throw error;
    } finally {
      release(isDone);
    }
  }

  get canWatchResources(): boolean {
    return this.capabilities.resources?.subscribe === true;
  }

  /** Legacy only. @throws what `request` throws */
  async subscribeResource(uri: string): Promise<void> {
    await this.request('resources/subscribe', { uri }, { timeoutMs: WATCH_MS });
  }

  /** Legacy only. @throws what `request` throws */
  async unsubscribeResource(uri: string): Promise<void> {
    await this.request('resources/unsubscribe', { uri }, { timeoutMs: WATCH_MS });
  }

  /** Modern only. @throws what the SDK or the transport throws */
  async listenToResources(uris: readonly string[]): Promise<ResourceStream> {
    const stream = await this.client.listen({ resourceSubscriptions: [...uris] }, { timeout: WATCH_MS });
    return { ended: stream.closed.then(() => undefined), close: () => stream.close() };
  }

  /** Whether a subscription that was possible is not there (any more). */
  get needsSubscription(): boolean {
    const { tools, resources, prompts } = this.capabilities;
    const possible = Boolean(tools?.listChanged || resources?.listChanged || prompts?.listChanged);
    return this.era === 'modern' && possible && this.subscription === undefined;
  }

  /** Ends the connection and, for stdio, every process of it. */
  async close(): Promise<void> {
    this.closing = true;
    await this.client.close().catch(() => undefined);
    await this.transport.close();
  }

  private async tellLogLevel(level: LoggingLevel, timeoutMs: number): Promise<void> {
    try {
      await this.request('logging/setLevel', { level }, { timeoutMs });
    } catch {
      // Log messages are not worth a call; the next who wants them tries again.
      this.logLevels.forget();
    }
  }

  private trouble(): void {
    if (!this.closing) this.events.onTrouble?.();
  }

  /** "Connection closed" says less than how the process ended or what was too large. */
  private moreTelling(error: unknown): unknown {
    const closed = error instanceof SdkError && error.code === SdkErrorCode.ConnectionClosed;
    if (!closed) return error;
    return this.process?.ending ?? new AnswerLost('connection closed', { cause: this.transport.lastError });
  }
}

/** Self-reported, and therefore of any shape. */
const isServerInfo = (value: unknown): value is ServerInfo =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  typeof value.name === 'string' &&
  'version' in value &&
  typeof value.version === 'string';

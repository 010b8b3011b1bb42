import {
  Client,
  ProtocolError,
  SdkError,
  SdkErrorCode,
  type PriorDiscovery,
  type Transport,
} from '@modelcontextprotocol/client';
import type { Era, ForeignObject, UpstreamTransport } from '../../services/index.js';
import { errorChain, httpStatusOf } from '../errors/error-chain.js';
import { AnswerLost, ProcessEnded } from '../errors/upstream-failures.js';
import { LIMITS } from '../limits.js';
import { RELAYED } from '../questions/capabilities.js';
import { ObservedTransport, type Frame } from '../transports/observed-transport.js';
import { StdioTransport } from '../transports/stdio-transport.js';
import { Connection } from './connection.js';
import { CLIENT_INFO, OWN_CAPABILITIES } from './identity.js';
import { kindsToTry, type Target, type TransportFactory } from './transport-factory.js';

/** What an earlier connection learnt, so that this one needs no probe. */
export interface Verdict {
  era: Era;
  transport: UpstreamTransport;
  /** The answer to `server/discover` of a modern service. */
  discover?: ForeignObject;
}

export interface OpenOptions {
  signal: AbortSignal;
  timeoutMs: number;
  verdict?: Verdict;
  onFrame?: (frame: Frame) => void;
  /** The process runs, the socket is open, or an HTTP response came. May be called more than once. */
  onConnected?: () => void;
}

/**
 * Connects to a service and initialises the protocol in the era that it speaks.
 *
 * Streamable HTTP falls back to HTTP+SSE on 400, 404 and 405, as the specification asks of clients. A child or socket
 * that breaks or keeps silent on the modern probe gets a second, legacy attempt on a fresh transport: SDKs exist that
 * exit on any request before `initialize`. A stored verdict that fails is forgotten and the era found out anew.
 *
 * @throws what the SDK or the transport throws; `mapUpstreamError` makes sense of it
 */
export async function openConnection(
  factory: TransportFactory,
  target: Target,
  options: OpenOptions,
): Promise<Connection> {
  let first: unknown;
  for (const kind of kindsToTry(target, options.verdict?.transport)) {
    try {
      return await openKind(factory, target, kind, options);
    } catch (error) {
      if (first !== undefined) throw isDenial(error) ? error : first;
      first = error;
      if (options.signal.aborted || !mayBeOtherKind(target, kind, error)) throw error;
    }
  }
  throw first;
}

const mayBeOtherKind = (target: Target, kind: UpstreamTransport, error: unknown): boolean =>
  target.type === 'http' && (kind === 'sse' || UNKNOWN_HERE.includes(httpStatusOf(error) ?? 0));

const UNKNOWN_HERE = [400, 404, 405];

/** The other side answered, and wants nothing of what we said: perhaps it speaks another era. */
export const isRefusal = (error: unknown): boolean =>
  UNKNOWN_HERE.includes(httpStatusOf(error) ?? 0) ||
  [...errorChain(error)].some((each) => each instanceof ProtocolError);

const isDenial = (error: unknown): boolean => [401, 403].includes(httpStatusOf(error) ?? 0);

async function openKind(
  factory: TransportFactory,
  target: Target,
  kind: UpstreamTransport,
  options: OpenOptions,
): Promise<Connection> {
  const legacy: PriorDiscovery = { kind: 'legacy' };
  if (kind === 'sse') return attempt(factory, target, kind, options, legacy);
  const prior = options.verdict && options.verdict.transport === kind ? priorOf(options.verdict) : undefined;
  try {
    return await attempt(factory, target, kind, options, prior);
  } catch (error) {
    if (options.signal.aborted) throw error;
    // The stored verdict may be out of date: whoever speaks another era now refuses.
    if (prior && isRefusal(error)) return await attempt(factory, target, kind, options, undefined);
    if (kind !== 'streamable-http' && brokeOnProbe(error)) return await attempt(factory, target, kind, options, legacy);
    throw error;
  }
}

function priorOf(verdict: Verdict): PriorDiscovery | undefined {
  if (verdict.era === 'legacy') return { kind: 'legacy' };
  // validated by the SDK before it is adopted
  return verdict.discover && { kind: 'modern', discover: verdict.discover as never };
}

function brokeOnProbe(error: unknown): boolean {
  for (const each of errorChain(error)) {
    if (each instanceof ProcessEnded || each instanceof AnswerLost) return true;
    if (
      each instanceof SdkError &&
      [SdkErrorCode.EraNegotiationFailed, SdkErrorCode.RequestTimeout].includes(each.code)
    )
      return true;
  }
  return false;
}

async function attempt(
  factory: TransportFactory,
  target: Target,
  kind: UpstreamTransport,
  options: OpenOptions,
  prior: PriorDiscovery | undefined,
): Promise<Connection> {
  options.signal.throwIfAborted();
  const inner = await makeTransport(factory, target, kind, options);
  const child = inner instanceof StdioTransport ? inner : undefined;
  const transport = new ObservedTransport(inner, { onFrame: options.onFrame, declares: RELAYED });
  const client = new Client(CLIENT_INFO, {
    capabilities: OWN_CAPABILITIES,
    versionNegotiation: { mode: 'auto', probe: { timeoutMs: probeTimeoutMs(kind, options.timeoutMs) } },
  });
  const connection = new Connection(client, transport, kind, child);
  try {
    await abortable(client.connect(transport, { prior, timeout: options.timeoutMs }), options.signal);
    return connection;
  } catch (error) {
    const ending = child?.ending;
    await connection.close();
    throw ending ?? error;
  }
}

const probeTimeoutMs = (kind: UpstreamTransport, timeoutMs: number): number =>
  kind === 'streamable-http' ? timeoutMs : Math.min(LIMITS.stdioProbeMs, timeoutMs / 2);

async function makeTransport(
  factory: TransportFactory,
  target: Target,
  kind: UpstreamTransport,
  options: OpenOptions,
): Promise<Transport> {
  const connected = (): void => options.onConnected?.();
  if (kind === 'streamable-http' || kind === 'sse') return factory.http(target, kind, connected);
  const transport = kind === 'stdio' ? await factory.stdio(target) : factory.websocket(target);
  const start = transport.start.bind(transport);
  transport.start = async () => {
    await start();
    connected();
  };
  return transport;
}

/** The SDK's `connect` takes a timeout per request; this bounds the whole of it. */
async function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    work.catch(() => undefined);
    signal.removeEventListener('abort', stop);
  }
}

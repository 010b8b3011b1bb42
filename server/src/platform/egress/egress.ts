import type { Agent as HttpAgent } from 'node:http';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { isIP, type Socket } from 'node:net';
import { Agent, buildConnector, fetch as undiciFetch, type RequestInit, type Response } from 'undici';
import { AppError } from '../errors/app-error.js';
import { AddressPolicy } from './address-policy.js';
import { AddressRanges } from './address-ranges.js';
import { CheckedAgent } from './checked-agent.js';
import type { EgressRules } from './egress-rules.js';
import { PostExchange, type Post, type PostAnswer } from './post-exchange.js';

/** Milliseconds; every one of them may be lowered per request by an AbortSignal. */
const CONNECT_TIMEOUT_MS = 5_000;
// Longer than the longest call may take: the caller's own deadline is what ends it.
const HEADERS_TIMEOUT_MS = 620_000;
const IDLE_BODY_TIMEOUT_MS = 120_000;
// Unless the other side says how long it keeps an idle connection. Many keep it for five seconds and do not say so; a request
// on one that they are just closing is lost, and lost requests are not sent again.
const KEEP_ALIVE_MS = 4_000;

/**
 * A way out of this process by HTTP, with sockets that no other way uses.
 *
 * The rules look at the address that was connected to, not at the name that was asked for, so that neither DNS tricks
 * nor odd spellings of loopback get around them. Redirects are never followed: credentials would travel along.
 */
export class Outlet {
  private readonly agent: Agent;
  private readonly addresses: AddressRanges | undefined;

  constructor(
    private readonly policy: AddressPolicy,
    private readonly rules: EgressRules = {},
  ) {
    this.addresses = rules.addresses && new AddressRanges(rules.addresses);
    this.agent = new Agent({
      connect: this.connector(),
      headersTimeout: HEADERS_TIMEOUT_MS,
      bodyTimeout: IDLE_BODY_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connections: 64,
      allowH2: false,
    });
  }

  /** Like WHATWG fetch, except that redirects are returned, not followed. Suitable wherever a library takes a fetch. */
  readonly fetch = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    this.checkUrl(url);
    try {
      return await undiciFetch(url, { ...init, redirect: 'manual', dispatcher: this.agent });
    } catch (error) {
      throw refusalIn(error, url) ?? error;
    }
  };

  /**
   * Posts, for whoever takes the answer as it comes. The URL has been checked (`checkUrl`); the address is looked at when it
   * is connected to, as ever.
   *
   * @throws {BodyTooLarge} · the signal's reason · what undici and the connector throw
   */
  post({ origin, pathname, search }: URL, post: Post): Promise<PostAnswer> {
    post.signal?.throwIfAborted();
    const exchange = new PostExchange(post);
    const { headers, body } = post;
    this.agent.dispatch({ origin, path: `${pathname}${search}`, method: 'POST', headers, body }, exchange);
    return exchange.answer;
  }

  /**
   * Refuses what can be refused before a connection exists.
   *
   * @throws {AppError} `egress_refused` · `upstream_address_refused`
   */
  checkUrl(url: URL): void {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (!['http:', 'https:', 'ws:', 'wss:'].includes(url.protocol))
      throw refused(url.host, `${url.protocol} is not allowed`);
    if (url.username || url.password) throw refused(url.host, 'the URL contains a user name');
    if (isIP(host)) this.checkAddress(host, url.host);
  }

  /** For a connection that is not an HTTP request of ours (WebSocket); check the URL first. */
  agentFor(url: URL): HttpAgent {
    return new CheckedAgent(url, (socket) => this.checkSocket(socket, url.host), this.rules.tls);
  }

  /** Ends every connection that was made here. */
  async close(): Promise<void> {
    await this.agent.destroy();
  }

  /** @throws {AppError} `egress_refused` · `upstream_address_refused`, after destroying the socket */
  private checkSocket(socket: Socket, host: string): void {
    try {
      this.checkAddress(socket.remoteAddress ?? '', host);
    } catch (error) {
      socket.destroy();
      throw error;
    }
  }

  private checkAddress(address: string, host: string): void {
    const objection = this.policy.objection(address);
    if (objection) throw refused(host, objection);
    if (this.addresses && !this.addresses.contains(address))
      throw new AppError('upstream_address_refused', { details: { host, address } });
  }

  private connector(): buildConnector.connector {
    const connect = buildConnector({ timeout: CONNECT_TIMEOUT_MS, ...this.rules.tls });
    return (options, done) =>
      connect(options, (error, socket) => {
        if (error) return done(error, null);
        try {
          this.checkSocket(socket, options.hostname);
        } catch (refusal) {
          return done(refusal as Error, null);
        }
        done(null, socket);
      });
  }
}

/** The only way out of this process by HTTP, and where narrower ones are made. */
@Injectable()
export class Egress extends Outlet implements OnApplicationShutdown {
  private readonly general: AddressPolicy;

  constructor(policy: AddressPolicy) {
    super(policy);
    this.general = policy;
  }

  /** A way out that is narrower; whoever asks for it closes it. */
  within(rules: EgressRules): Outlet {
    return new Outlet(this.general, rules);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }
}

const refused = (host: string, cause: string): AppError => new AppError('egress_refused', { details: { host, cause } });

/** undici wraps what the connector threw as the cause of a TypeError. */
function refusalIn(error: unknown, url: URL): AppError | undefined {
  for (let each = error, depth = 0; each instanceof Error && depth < 5; each = each.cause, depth += 1) {
    if (each instanceof AppError) return each;
    // The Fetch standard blocks ports of other protocols (fetch.spec.whatwg.org, "port blocking").
    if (each.message === 'bad port') return refused(url.host, 'this port belongs to another protocol');
  }
  return undefined;
}

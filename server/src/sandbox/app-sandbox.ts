import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { EmbedAppBook } from '../auth/index.js';
import { AppError, CONFIG, parseJsonBody, type Config } from '../platform/index.js';
import { appPolicyHeader, readAppPolicy } from './app-policy.js';

/** The files stand beside this one, in the sources and in the build. */
const file = (name: string): Buffer => readFileSync(new URL(name, import.meta.url));

const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'X-DNS-Prefetch-Control': 'off',
  'Origin-Agent-Cluster': '?1',
} as const;

/**
 * The origin of its own on which apps are shown: one page and its script, nothing else. It sets no cookie, reads none and
 * has no way to the API; whoever breaks out of an app's frame finds nothing here.
 */
@Injectable()
export class AppSandbox {
  private readonly page = file('frame.html');
  private readonly script = file('frame.js');
  private openedAt: string | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly book: EmbedAppBook,
  ) {}

  /** Where browsers reach it; undefined while apps are not shown. */
  get origin(): string | undefined {
    return this.openedAt;
  }

  /** It listens now. @param bound used where no public address is configured */
  open(bound: string): void {
    this.openedAt = this.config.apps?.url ?? bound;
  }

  /**
   * Where the page around an app is, under the policy that the app asks for; who shows it adds `&host=<its origin>`.
   *
   * @param csp `_meta.ui.csp` of the app: foreign, unchecked
   * @throws {AppError} `apps_off`
   */
  frame(csp: unknown): { frameUrl: string; reaches: string[] } {
    if (!this.openedAt) throw new AppError('apps_off');
    const policy = readAppPolicy(csp, this.config.publicUrl);
    const asked = new URLSearchParams({ policy: JSON.stringify(policy) });
    const reaches = new Set([...policy.connectDomains, ...policy.resourceDomains, ...policy.frameDomains]);
    return { frameUrl: `${this.openedAt}/frame?${asked.toString()}`, reaches: [...reaches] };
  }

  /** Answers a request to the sandbox's own port. */
  handle(request: IncomingMessage, response: ServerResponse): void {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    const [pathname, query] = (request.url ?? '').split('?', 2);
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (isRead && pathname === '/frame') return this.sendPage(new URLSearchParams(query), response);
    if (isRead && pathname === '/frame.js') {
      response.setHeader('Cache-Control', 'public, max-age=300');
      return send(response, 'text/javascript', this.script);
    }
    response.writeHead(404, { 'Content-Security-Policy': "default-src 'none'" }).end();
  }

  private sendPage(query: URLSearchParams, response: ServerResponse): void {
    const host = query.get('host') ?? '';
    const policy = readAppPolicy(parsed(query.get('policy')), this.config.publicUrl);
    response.setHeader('Content-Security-Policy', appPolicyHeader(policy, this.mayShow(host) ? host : undefined));
    response.setHeader('Cache-Control', 'no-store');
    send(response, 'text/html; charset=utf-8', this.page);
  }

  /** Whoever may show the chat may show an app in it. */
  private mayShow(host: string): boolean {
    return host === this.config.publicUrl || this.book.lists(host);
  }
}

function send(response: ServerResponse, type: string, body: Buffer): void {
  response.setHeader('Content-Type', type);
  response.end(body);
}

/** What cannot be read asks for nothing. */
function parsed(json: string | null): unknown {
  try {
    return parseJsonBody(Buffer.from(json ?? ''));
  } catch {
    return undefined;
  }
}

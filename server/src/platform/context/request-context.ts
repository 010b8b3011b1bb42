import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { languageOf, type Language } from '@gatehouse/contracts';

/** What is true of the request being served, without passing it through every function. */
export interface Context {
  readonly requestId: string;
  readonly language: Language;
  /** Address of the caller as we saw it, or as a trusted proxy reported it. */
  readonly ip: string | null;
  /** Set once an administrative change of this request is on the trail. */
  trailed: boolean;
}

const storage = new AsyncLocalStorage<Context>();

const OUTSIDE: Context = { requestId: 'none', language: 'en', ip: null, trailed: false };

export const RequestContext = {
  /** The context of the current request; a neutral one outside of any request (start, timers). */
  current: (): Context => storage.getStore() ?? OUTSIDE,
  run: <T>(context: Context, work: () => T): T => storage.run(context, work),
  /** For work that a request sets off but that is not its own: it must not seem to come from its caller. */
  outside: <T>(work: () => T): T => storage.exit(work),
};

/** A caller's own request id is kept when it is short and harmless, so that traces join up. */
export function contextOf(request: IncomingMessage, ip: string | null): Context {
  const offered = request.headers['x-request-id'];
  const requestId = typeof offered === 'string' && /^[\w.-]{8,64}$/.test(offered) ? offered : randomUUID();
  return { requestId, language: languageOf(request.headers['accept-language']), ip, trailed: false };
}

import type { AuthInfo } from '@modelcontextprotocol/server';
import type { Door } from '@gatehouse/contracts';
import type { CallContext } from './call-context.js';
import type { Carried, Principal } from '../auth/index.js';
import type { Catalogue } from './catalogue/catalogue.js';
import type { LegacyPeer } from './legacy/legacy-peer.js';
import type { CurrentTap } from './traffic/traffic.js';

/** Who stands behind one request, at which endpoint, and how long they stay. */
export interface McpCaller {
  readonly principal: Principal;
  /** What the principal was made from, to look again while a stream is open. */
  readonly carried: Carried;
  /** What the endpoint offers. */
  readonly catalogue: Catalogue;
  /** Aborted when the connection of the request is gone before its answer. */
  readonly gone: AbortSignal;
  /** Set by legacy doors: the client behind the session, and whether it can hear anything before its answer. */
  readonly legacy?: { readonly peer: LegacyPeer; readonly isReachable: boolean };
  /** Where the messages of this client go while somebody looks. */
  readonly tap?: CurrentTap;
  /** How its calls are recorded; absent: as those of an MCP client. */
  readonly door?: Door;
}

/** The SDK carries its caller's authentication to the handlers untouched; ours rides in `extra`. */
export const authInfoOf = (caller: McpCaller): AuthInfo => ({
  token: '',
  clientId: caller.principal.credential.id,
  scopes: [],
  extra: { caller },
});

/** The caller of the request that a handler serves. */
export function callerOf(context: CallContext): McpCaller {
  const caller = context.http?.authInfo?.extra?.['caller'];
  if (!caller) throw new Error('A request reached a handler without its caller.');
  return caller as McpCaller;
}

/** Whether two requests were made with the same credential of the same person. */
export const isSameCaller = (a: Principal, b: Principal): boolean =>
  a.userId === b.userId && a.credential.kind === b.credential.kind && a.credential.id === b.credential.id;

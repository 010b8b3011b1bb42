import type { IncomingMessage } from 'node:http';
import proxyAddr from 'proxy-addr';

type Trust = ReturnType<typeof proxyAddr.compile>;

const compiled = new WeakMap<readonly string[], Trust>();

/**
 * Where a request comes from: the address behind the trusted proxies, by the same rule as Express has it. Whoever is not
 * trusted can claim nothing.
 *
 * @param trustedProxies as `GATEHOUSE_TRUSTED_PROXIES` says; the same array each time
 */
export function callerAddress(request: IncomingMessage, trustedProxies: readonly string[]): string | null {
  if (trustedProxies.length === 0) return request.socket.remoteAddress ?? null;
  const known = compiled.get(trustedProxies);
  const trust = known ?? proxyAddr.compile([...trustedProxies]);
  if (!known) compiled.set(trustedProxies, trust);
  return proxyAddr(request, trust) ?? null;
}

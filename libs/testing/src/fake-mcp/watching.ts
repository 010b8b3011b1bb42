import type { Server } from '@modelcontextprotocol/server';
import type { FakeMcpState } from './options.ts';

/**
 * Reports changes of resources to one connection: to a legacy client for what it subscribed to, to a modern one through
 * the SDK's listen streams, which do the choosing.
 *
 * @returns how to stop
 */
export function serveWatching(server: Server, state: FakeMcpState, era: 'modern' | 'legacy'): () => void {
  const subscribed = new Set<string>();
  server.setRequestHandler('resources/subscribe', ({ params: { uri } }) => {
    state.count('resources/subscribe');
    if (uri.startsWith('fake://unwatchable')) throw Object.assign(new Error('not this one'), { code: -32602 });
    subscribed.add(uri);
    return {};
  });
  server.setRequestHandler('resources/unsubscribe', ({ params: { uri } }) => {
    state.count('resources/unsubscribe');
    subscribed.delete(uri);
    return {};
  });
  return state.onResourceTouched((uri) => {
    const whole = [...subscribed].some((each) => uri === each || uri.startsWith(`${each}/`));
    if (era === 'modern' || whole) void server.sendResourceUpdated({ uri }).catch(() => undefined);
  });
}

import type { Server, SubscribeRequest, UnsubscribeRequest } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { callerOf } from '../caller.js';
import { answering } from '../surface/method-handler.js';
import type { ResourceWatching } from '../surface/resource-watching.js';
import { LOG_LEVELS } from '../surface/log-levels.js';
import type { LegacyPeer } from './legacy-peer.js';
import { SessionSubscriptions } from './session-subscriptions.js';

/** The methods that only a session has: they change what it will hear. */
export function serveSessionMethods(server: Server, peer: LegacyPeer, watching: ResourceWatching): void {
  server.setRequestHandler(
    'logging/setLevel',
    { params: z.looseObject({ level: z.enum(LOG_LEVELS) }) },
    ({ level }) => {
      peer.logLevel = level;
      return {};
    },
  );
  serveSubscriptions(server, watching);
}

function serveSubscriptions(server: Server, watching: ResourceWatching): void {
  const subscriptions = new SessionSubscriptions();
  const tell = (uri: string): void => {
    // A session may end in the very moment in which its resource changes.
    server.sendResourceUpdated({ uri }).catch(() => undefined);
  };
  server.setRequestHandler(
    'resources/subscribe',
    answering(({ uri }: SubscribeRequest['params'], context) => {
      subscriptions.add(uri, () => watching.watch(callerOf(context), uri, tell));
      return {};
    }),
  );
  server.setRequestHandler(
    'resources/unsubscribe',
    answering(({ uri }: UnsubscribeRequest['params']) => {
      subscriptions.remove(uri);
      return {};
    }),
  );
  const onClosed = (): void => subscriptions.endAll();
  server.onclose = onClosed;
}

import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/index.js';
import type { McpCaller } from '../caller.js';
import { ListWatch, type ChangedList } from '../list-watch.js';
import { McpSurface } from '../surface/mcp-surface.js';
import { ResourceWatching } from '../surface/resource-watching.js';
import { LegacyPeer } from './legacy-peer.js';
import type { LegacySession, SessionWire } from './legacy-session.js';
import { serveSessionMethods } from './session-methods.js';
import { SessionRegistry } from './session-registry.js';

/** How often forgotten sessions are looked for, ms. */
const SWEEP_MS = 60_000;

const NOTIFICATIONS = {
  tools: 'notifications/tools/list_changed',
  resources: 'notifications/resources/list_changed',
  prompts: 'notifications/prompts/list_changed',
} as const satisfies Record<ChangedList, string>;

/** A kind of wire, to tell sessions of one door from those of another. */
type WireKind<W> = abstract new (...args: never[]) => W;

/** The sessions of all legacy clients, by whatever wire they came: opened, found, ended in one place and under one bound. */
@Injectable()
export class LegacySessions {
  private readonly registry: SessionRegistry;
  private readonly sweep: NodeJS.Timeout;

  constructor(
    private readonly surface: McpSurface,
    private readonly watch: ListWatch,
    private readonly watching: ResourceWatching,
    private readonly clock: Clock,
  ) {
    this.registry = new SessionRegistry(() => clock.monotonicMs());
    this.sweep = setInterval(() => this.registry.endIdle(), SWEEP_MS).unref();
  }

  close(): void {
    clearInterval(this.sweep);
    this.registry.endAll();
  }

  /** @throws {AppError} `too_many_calls` when there are too many and none is idle */
  async open<W extends SessionWire>(caller: McpCaller, transport: W): Promise<LegacySession<W>> {
    const { principal, catalogue } = caller;
    const server = this.surface.serverFor(caller, true);
    const peer = new LegacyPeer(server);
    serveSessionMethods(server, peer, this.watching);
    const lastUsedMs = this.clock.monotonicMs();
    const { sessionId: id } = transport;
    const session = { id, principal, endpoint: catalogue.key, server, peer, transport, lastUsedMs };
    this.registry.add(session);
    await server.connect(transport);
    return session;
  }

  /** The caller's own session at this endpoint and on this kind of wire; any other does not exist for them. */
  find<W extends SessionWire>(
    kind: WireKind<W>,
    id: string,
    { principal, catalogue }: McpCaller,
  ): LegacySession<W> | undefined {
    const session = this.registry.find(id, principal, catalogue.key);
    return session && isOf(kind, session) ? session : undefined;
  }

  end(session: LegacySession): void {
    this.registry.end(session);
  }

  tellChanged(session: LegacySession | undefined, list: ChangedList): void {
    // A session may end in the very moment in which its list changes.
    session?.server.notification({ method: NOTIFICATIONS[list] }).catch(() => undefined);
  }

  /** Tells the client when one of its lists changes, and ends its session when its credential does not work any more. */
  watchLists(session: LegacySession, caller: McpCaller): () => void {
    return this.watch.watch(caller, {
      onChanged: (list) => this.tellChanged(session, list),
      onRevoked: () => this.end(session),
    });
  }
}

const isOf = <W extends SessionWire>(kind: WireKind<W>, session: LegacySession): session is LegacySession<W> =>
  session.transport instanceof kind;

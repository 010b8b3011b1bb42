import { AppError } from '../../platform/index.js';
import type { Principal } from '../../auth/index.js';
import { isSameCaller } from '../caller.js';
import type { LegacySession } from './legacy-session.js';

/** Bounds of what forgetful clients can leave behind. */
export interface SessionBounds {
  /** Of all callers together. */
  total: number;
  perUser: number;
  idleMs: number;
}

const DEFAULT_BOUNDS: SessionBounds = { total: 5_000, perUser: 200, idleMs: 30 * 60_000 };
const COME_BACK_SECONDS = 60;

/** Every open legacy session. Those unused for long end; when there are too many, the ones unused for longest go first. */
export class SessionRegistry {
  /** In the order of their last use. */
  private readonly sessions = new Map<string, LegacySession>();

  constructor(
    private readonly nowMs: () => number,
    private readonly bounds: SessionBounds = DEFAULT_BOUNDS,
  ) {}

  /** @throws {AppError} `too_many_calls` when nothing idle can make room */
  add(session: LegacySession): void {
    this.makeRoom((each) => each.principal.userId === session.principal.userId, this.bounds.perUser);
    this.makeRoom(() => true, this.bounds.total);
    this.sessions.set(session.id, session);
  }

  /** The caller's own session, which counts as used; undefined for unknown, expired, other people's and other endpoints' alike. */
  find(id: string, principal: Principal, endpoint: string): LegacySession | undefined {
    this.endIdle();
    const session = this.sessions.get(id);
    if (!session || session.endpoint !== endpoint || !isSameCaller(session.principal, principal)) return undefined;
    session.lastUsedMs = this.nowMs();
    this.sessions.delete(id);
    this.sessions.set(id, session);
    return session;
  }

  end(session: LegacySession): void {
    if (this.sessions.delete(session.id)) void session.transport.close();
  }

  /** Ends what was not used for too long and is not in use now. */
  endIdle(): void {
    const deadline = this.nowMs() - this.bounds.idleMs;
    for (const session of this.sessions.values()) {
      if (session.lastUsedMs >= deadline) return;
      if (!session.transport.isInUse) this.end(session);
    }
  }

  endAll(): void {
    for (const session of this.sessions.values()) this.end(session);
  }

  get size(): number {
    return this.sessions.size;
  }

  private makeRoom(isCounted: (session: LegacySession) => boolean, most: number): void {
    const counted = [...this.sessions.values()].filter(isCounted);
    if (counted.length < most) return;
    const idle = counted.find((session) => !session.transport.isInUse);
    if (!idle) throw new AppError('too_many_calls', { details: { seconds: COME_BACK_SECONDS } });
    this.end(idle);
  }
}

import type { AppError, Clock } from '../../platform/index.js';
import type { ServiceDefinition } from '../../services/index.js';
import { mapUpstreamError } from '../errors/map-upstream-error.js';
import { isSessionLost } from '../errors/session-lost.js';
import type { ClientSettings } from './settings.js';
import type { SharedConnection } from './shared-connection.js';
import { Timer } from './timer.js';

/** Between two checks that errors bring about. */
const SUSPICION_PAUSE_MS = 500;

/** What comes of looking at a connection. */
export interface LivenessEvents {
  onAnswered: (shared: SharedConnection, latencyMs: number) => void;
  /** It is slow, or asks for a pause, and not yet given up. */
  onLate: (error: AppError, timeoutMs: number) => void;
  onSessionLost: (shared: SharedConnection) => void;
  onLost: (shared: SharedConnection, error: unknown) => void;
}

/** Looks regularly whether the connection that it watches still lives. */
export class Liveness {
  private readonly timer = new Timer();
  private watched: SharedConnection | undefined;
  private missed = 0;
  private checking = false;
  private checkedAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly settings: Pick<ClientSettings, 'checkMs' | 'checkTimeoutMs'>,
    private readonly clock: Clock,
    private readonly definition: () => ServiceDefinition,
    private readonly events: LivenessEvents,
  ) {}

  watch(shared: SharedConnection): void {
    this.watched = shared;
    this.missed = 0;
    this.checkSoon();
  }

  stop(): void {
    this.watched = undefined;
    this.timer.clear();
  }

  /** Something broke: look at once, but not at every message of a flood of errors. */
  suspect(): void {
    const sinceLastMs = this.clock.monotonicMs() - this.checkedAtMs;
    if (!this.checking) this.checkSoon(Math.max(0, SUSPICION_PAUSE_MS - sinceLastMs));
  }

  checkSoon(ms: number = this.settings.checkMs[this.definition().type]): void {
    if (this.watched) this.timer.set(ms, () => void this.check());
  }

  private async check(): Promise<void> {
    const shared = this.watched;
    if (!shared || this.checking) return;
    this.checking = true;
    this.checkedAtMs = this.clock.monotonicMs();
    try {
      const latencyMs = await shared.connection.check(this.settings.checkTimeoutMs);
      if (this.watched !== shared) return;
      this.missed = 0;
      this.events.onAnswered(shared, latencyMs);
      this.checkSoon();
    } catch (error) {
      if (this.watched === shared) this.judge(shared, error);
    } finally {
      this.checking = false;
    }
  }

  private judge(shared: SharedConnection, error: unknown): void {
    const { checkTimeoutMs: timeoutMs } = this.settings;
    if (isSessionLost(error, shared.connection)) return this.events.onSessionLost(shared);
    const mapped = mapUpstreamError(error, { service: this.definition().name, phase: 'exchange', timeoutMs });
    // Whoever asks for a pause lives.
    if (mapped.code === 'upstream_busy') {
      this.events.onLate(mapped, timeoutMs);
      return this.checkSoon(Number(mapped.details['seconds']) * 1_000);
    }
    this.missed += 1;
    // A busy service may be slow to answer; only silence without any work in progress means that it hangs.
    if (mapped.code === 'upstream_timeout' && (this.missed < 2 || shared.isInUse)) {
      this.events.onLate(mapped, timeoutMs);
      return this.checkSoon();
    }
    this.events.onLost(shared, error);
  }
}

import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { EmbedSessions } from '../embed/embed-sessions.js';
import { SessionKeeper } from '../sessions/session-keeper.js';

const EVERY_MS = 15 * 60_000;

/** Deletes sessions that are long over, so that their tables stay small. */
@Injectable()
export class ExpirySweep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('ExpirySweep');
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly sessions: SessionKeeper,
    private readonly embeds: EmbedSessions,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sweepQuietly(), EVERY_MS).unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** The next time will do: nothing depends on it. */
  private async sweepQuietly(): Promise<void> {
    try {
      await this.sessions.sweep();
      await this.embeds.sweep();
    } catch (err) {
      this.logger.warn({ err, msg: 'could not delete sessions that are over' });
    }
  }
}

import type { LoggingLevel } from '@modelcontextprotocol/client';

/** RFC 5424, least severe first. */
const LEVELS: readonly LoggingLevel[] = [
  'debug',
  'info',
  'notice',
  'warning',
  'error',
  'critical',
  'alert',
  'emergency',
];

export const isLoggingLevel = (value: unknown): value is LoggingLevel => (LEVELS as readonly unknown[]).includes(value);

/** Whether somebody who wants messages from `least` on wants one of `level`. */
export const isWanted = (level: LoggingLevel, least: LoggingLevel): boolean =>
  LEVELS.indexOf(level) >= LEVELS.indexOf(least);

/** The level at which one legacy connection has to log so that everybody who uses it hears what they want. */
export class LogLevels {
  private readonly wanted: LoggingLevel[] = [];
  private told: LoggingLevel | undefined;

  /** @returns the level to tell the service now; undefined when it knows */
  enter(level: LoggingLevel): LoggingLevel | undefined {
    this.wanted.push(level);
    const least = LEVELS.find((each) => this.wanted.includes(each));
    if (least === this.told) return undefined;
    this.told = least;
    return least;
  }

  /** The service is left at its level until somebody enters who needs another: every caller filters anyway. */
  leave(level: LoggingLevel): void {
    this.wanted.splice(this.wanted.indexOf(level), 1);
  }

  /** The service could not be told. */
  forget(): void {
    this.told = undefined;
  }
}

import type { LoggingLevel } from '@modelcontextprotocol/server';

/** From the least to the most severe (RFC 5424). */
export const LOG_LEVELS = [
  'debug',
  'info',
  'notice',
  'warning',
  'error',
  'critical',
  'alert',
  'emergency',
] as const satisfies readonly LoggingLevel[];

export const isAtLeast = (level: LoggingLevel, least: LoggingLevel): boolean =>
  LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(least);

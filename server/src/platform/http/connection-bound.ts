import { readFileSync } from 'node:fs';

/** More than one process answers well. */
const MOST_CONNECTIONS = 10_000;

/**
 * How many connections of callers are held at once: at most half of the descriptors that the process may have. The other half
 * is for what makes an answer: connections to services, their processes and threads, files. Pure.
 *
 * @param limits text of `/proc/self/limits`; undefined where there is no such thing
 */
export function mostConnections(limits: string | undefined): number {
  const soft = /^Max open files\s+(\d+)/m.exec(limits ?? '')?.[1];
  return soft === undefined ? MOST_CONNECTIONS : Math.min(MOST_CONNECTIONS, Math.floor(Number(soft) / 2));
}

/** Of this process, now; only Linux says. */
export function ownLimits(): string | undefined {
  try {
    return readFileSync('/proc/self/limits', 'utf8');
  } catch {
    return undefined;
  }
}

import { seededRandom } from '../seeded-random.ts';

/** Which way bytes go: `up` to the service, `down` to its client. */
export type Direction = 'up' | 'down';

/** What goes wrong on one connection. Offsets are bytes of that direction, counted from when the fault was set. */
export type ConnectionFault =
  /** Every piece waits before it goes on. */
  | { kind: 'delay'; ms: number; direction?: Direction }
  /** A few bytes at a time. */
  | { kind: 'drip'; bytes: number; everyMs: number; direction?: Direction }
  /** Exactly so many bytes go through; then the connection is over, by a reset or as if both ends had closed it. */
  | { kind: 'cut'; by: 'reset' | 'end'; direction: Direction; afterBytes: number }
  /** So many bytes go through; then that direction is closed and the other goes on. */
  | { kind: 'half-close'; direction: Direction; afterBytes: number }
  /** Nothing goes through any more, in either direction, and nobody is told. */
  | { kind: 'black-hole' }
  /** Reset as soon as it is accepted; the service never hears of it. */
  | { kind: 'refuse' };

/** What goes wrong on the n-th connection, counted from 1; nothing when it gives none. */
export type FaultScript = (connection: number) => readonly ConnectionFault[];

/** Nothing goes wrong. */
export const noFaults: FaultScript = () => [];

/** The first connections get a fault each, in this order; all later ones get none. */
export const faultsInOrder =
  (...faults: readonly ConnectionFault[]): FaultScript =>
  (connection) => {
    const fault = faults[connection - 1];
    return fault ? [fault] : [];
  };

/** So many connections in a row are reset at once. */
export const resetStorm = (connections: number): FaultScript =>
  faultsInOrder(...Array.from({ length: connections }, () => ({ kind: 'refuse' }) as const));

/** One fault of every kind, with its figures chosen by `random`. */
export function anyFault(random: () => number): ConnectionFault {
  const upTo = (limit: number): number => Math.floor(random() * limit);
  const direction: Direction = random() < 0.5 ? 'up' : 'down';
  const kinds: readonly (() => ConnectionFault)[] = [
    () => ({ kind: 'delay', ms: 5 + upTo(200), direction }),
    () => ({ kind: 'drip', bytes: 1 + upTo(64), everyMs: 1 + upTo(20), direction }),
    () => ({ kind: 'cut', by: random() < 0.5 ? 'reset' : 'end', direction, afterBytes: upTo(2_000) }),
    () => ({ kind: 'half-close', direction, afterBytes: upTo(2_000) }),
    () => ({ kind: 'black-hole' }),
    () => ({ kind: 'refuse' }),
  ];
  return kinds[upTo(kinds.length)]();
}

/** A share of all connections goes wrong; the same ones in the same way for the same seed. */
export const randomFaults =
  (seed: number, share: number): FaultScript =>
  (connection) => {
    const random = seededRandom(seed + connection);
    return random() < share ? [anyFault(random)] : [];
  };

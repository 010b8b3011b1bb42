/** What a pool looks like at one moment. */
export interface PoolLook {
  /** Connections that are open or being made. */
  readonly size: number;
  /** Whether one is being made. */
  readonly isOpening: boolean;
  /** For how long the first of those has waited that wait for a connection with room, ms; 0 when nobody waits. */
  readonly longestWaitMs: number;
  /** For how long the connection that could go has been idle, ms. */
  readonly idleForMs: number;
}

export interface PoolBounds {
  readonly min: number;
  readonly max: number;
  /** How long a call may wait for a connection with room before another is made, ms. */
  readonly targetWaitMs: number;
  /** After how long without use a connection beyond `min` is closed, ms. */
  readonly idleMs: number;
}

/** What a pool does next. */
export type PoolMove = 'grow' | 'shrink' | 'stay';

/** Grows to `min` at once, and beyond it one by one when calls wait too long; shrinks to `min` when idle. Pure. */
export function nextMove(look: PoolLook, { min, max, targetWaitMs, idleMs }: PoolBounds): PoolMove {
  const { size, isOpening, longestWaitMs, idleForMs } = look;
  if (size < min) return 'grow';
  if (longestWaitMs > 0 && longestWaitMs >= targetWaitMs) return size < max && !isOpening ? 'grow' : 'stay';
  return size > min && idleForMs >= idleMs ? 'shrink' : 'stay';
}

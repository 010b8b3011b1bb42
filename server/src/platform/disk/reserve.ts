/** Whether there is room to go on: what runs out of it can record nothing, and so does nothing. */
export type Reserve = 'enough' | 'low';

/** Parts of the disk that are free. Apart, so that it does not flutter. */
const LOW_BELOW = 0.05;
const ENOUGH_FROM = 0.07;

/** What follows from how much of the disk is free, 0 to 1. Pure. */
export const nextReserve = (now: Reserve, freePart: number): Reserve =>
  freePart < (now === 'low' ? ENOUGH_FROM : LOW_BELOW) ? 'low' : 'enough';

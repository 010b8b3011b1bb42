/** How short of memory the process is; each level does what those before it do, too. */
export const PRESSURE_LEVELS = ['none', 'shedding', 'closing', 'refusing'] as const;
export type PressureLevel = (typeof PRESSURE_LEVELS)[number];

/** When a level begins, and when it is over: parts of the memory that there is. Apart, so that it does not flutter. */
export interface PressureStep {
  readonly level: PressureLevel;
  readonly from: number;
  readonly until: number;
}

export const PRESSURE_STEPS: readonly PressureStep[] = [
  { level: 'shedding', from: 0.85, until: 0.8 },
  { level: 'closing', from: 0.92, until: 0.87 },
  { level: 'refusing', from: 0.95, until: 0.9 },
];

/** The level that follows from how much of the memory is in use, 0 to 1. Rises over several at once, and falls so too. Pure. */
export function nextLevel(now: PressureLevel, use: number, steps = PRESSURE_STEPS): PressureLevel {
  const at = PRESSURE_LEVELS.indexOf(now);
  const held = steps.findLast(({ from, until, level }) => use >= (PRESSURE_LEVELS.indexOf(level) <= at ? until : from));
  return held?.level ?? 'none';
}

const reaches = (now: PressureLevel, level: PressureLevel): boolean =>
  PRESSURE_LEVELS.indexOf(now) >= PRESSURE_LEVELS.indexOf(level);

/** Whether work that goes on for long is begun: an answer in a chat, a job. */
export const beginsWork = (now: PressureLevel): boolean => !reaches(now, 'shedding');

/** Whether a connection is kept after an answer, with what it holds. */
export const keepsConnections = (now: PressureLevel): boolean => !reaches(now, 'closing');

/** Whether calls are let in at all. */
export const takesCalls = (now: PressureLevel): boolean => !reaches(now, 'refusing');

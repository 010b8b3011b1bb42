/** Numbers in [0, 1) that are the same for the same seed, so that a run that failed can be had again (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The seed that the environment asks for, or the usual one. */
export const seedOfRun = (): number => Number(process.env['GATEHOUSE_PROOF_SEED'] ?? 20_260_728);

/** `count` of `items`, in their order, chosen by `random`; all of them when there are no more. */
export function sampleOf<T>(items: readonly T[], count: number, random: () => number): T[] {
  const chosen: T[] = [];
  items.forEach((item, at) => {
    if (random() * (items.length - at) < count - chosen.length) chosen.push(item);
  });
  return chosen;
}

/** Upper edges of the duration classes, ms: each a tenth to a quarter above the one before. */
export const EDGES: readonly number[] = [
  1, 2, 3, 5, 7, 10, 15, 20, 30, 40, 50, 60, 75, 100, 125, 150, 200, 250, 300, 400, 500, 600, 750, 1_000, 1_250, 1_500,
  2_000, 3_000, 5_000, 7_500, 10_000, 15_000, 20_000, 30_000, 60_000, 120_000, 600_000,
];

/**
 * A percentile from cumulative counts, interpolated within its class.
 *
 * @param atMost for each edge, how many values are at or below it
 * @param total number of values
 * @param share 0 to 1
 */
export function percentile(atMost: readonly number[], total: number, share: number): number {
  if (total === 0) return 0;
  const rank = share * total;
  const index = atMost.findIndex((count) => count >= rank);
  if (index < 0) return EDGES.at(-1) ?? 0;
  const lower = index === 0 ? 0 : (EDGES[index - 1] ?? 0);
  const below = index === 0 ? 0 : (atMost[index - 1] ?? 0);
  const within = (atMost[index] ?? 0) - below;
  const upper = EDGES[index] ?? lower;
  return Math.round(lower + (upper - lower) * (within === 0 ? 1 : (rank - below) / within));
}

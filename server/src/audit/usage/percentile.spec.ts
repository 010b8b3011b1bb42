import fc from 'fast-check';
import { EDGES, percentile } from './percentile.js';

const cumulative = (values: readonly number[]) => EDGES.map((edge) => values.filter((value) => value <= edge).length);

describe('percentile', () => {
  it('is within the class of the true value', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 600_000 }), { minLength: 1, maxLength: 200 }), (values) => {
        const exact = [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? 0;
        const found = percentile(cumulative(values), values.length, 0.95);
        const above = EDGES.findIndex((edge) => edge >= exact);
        expect(found).toBeLessThanOrEqual(EDGES[above] ?? Infinity);
        expect(found).toBeGreaterThanOrEqual(above === 0 ? 0 : (EDGES[above - 1] ?? 0));
      }),
    );
  });

  it('is zero without values', () => {
    expect(percentile(cumulative([]), 0, 0.95)).toBe(0);
  });
});

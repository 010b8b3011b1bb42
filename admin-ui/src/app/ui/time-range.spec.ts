import { fromLocalField, rangeOf, toLocalField } from './time-range';

const now = Date.parse('2026-11-22T12:00:00Z');

describe('time ranges', () => {
  it('end at the present moment for a preset', () =>
    expect(rangeOf({ range: '24h', from: '', to: '' }, now)).toEqual({ from: '2026-11-21T12:00:00.000Z' }));

  it('take what somebody typed into the address for the last seven days', () =>
    expect(rangeOf({ range: 'nonsense', from: '', to: '' }, now)).toEqual({ from: '2026-11-15T12:00:00.000Z' }));

  it('leave an open end open', () =>
    expect(rangeOf({ range: 'custom', from: '2026-11-01T00:00:00.000Z', to: '' }, now)).toEqual({
      from: '2026-11-01T00:00:00.000Z',
      to: undefined,
    }));

  it('survive the way through a field in local time', () =>
    expect(fromLocalField(toLocalField('2026-11-22T08:30:00.000Z'))).toBe('2026-11-22T08:30:00.000Z'));
});

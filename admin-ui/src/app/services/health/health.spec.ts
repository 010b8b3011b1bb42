import type { Service, ServiceHealth } from '@gatehouse/api-client';
import type { ServiceHealthEvent } from '@gatehouse/contracts';
import { ago } from './ago';
import { healthReason } from './health-reason';
import { withLiveHealth } from './live-health';

const at = (minute: number) => `2026-01-01T10:${String(minute).padStart(2, '0')}:00.000Z`;
const health = (state: ServiceHealth['state'], minute: number): ServiceHealth => ({
  state,
  since: at(minute),
  checkedAt: at(minute),
});
const service = (id: string, minute: number) => ({ id, health: health('ready', minute) }) as Service;
const heard = (serviceId: string, state: ServiceHealth['state'], minute: number): [string, ServiceHealthEvent] => [
  serviceId,
  { serviceId, ...health(state, minute) },
];

describe('live health', () => {
  it('replaces what the list said by what was heard later', () => {
    const [one] = withLiveHealth([service('a', 1)], new Map([heard('a', 'down', 2)]));
    expect(one?.health).toEqual(health('down', 2));
  });

  it('keeps what the list said when it was read after the report', () => {
    const [one] = withLiveHealth([service('a', 3)], new Map([heard('a', 'down', 2)]));
    expect(one?.health.state).toBe('ready');
  });

  it('touches no other service', () => {
    const other = service('b', 1);
    expect(withLiveHealth([other], new Map([heard('a', 'down', 2)]))).toEqual([other]);
  });
});

describe('the reason of a state', () => {
  it('is the catalogue’s text in the reader’s language, filled with the details', () => {
    const down: ServiceHealth = {
      ...health('down', 1),
      code: 'upstream_unreachable',
      details: { service: '天气', cause: 'ECONNREFUSED' },
    };
    expect(healthReason(down, 'zh-CN')?.message).toContain('天气');
    expect(healthReason(down, 'en')?.message).toContain('ECONNREFUSED');
  });

  it('is absent when the service is fine', () => {
    expect(healthReason(health('ready', 1), 'en')).toBeUndefined();
  });
});

describe('how long ago a check was', () => {
  const now = Date.parse(at(30));

  it.each([
    [at(30), 'now'],
    ['2026-01-01T10:29:48.000Z', '12 seconds ago'],
    [at(27), '3 minutes ago'],
    // The server’s clock may be ahead of this one.
    [at(31), 'now'],
  ])('says of %s: %s', (moment, words) => {
    expect(ago(moment, now, 'en')).toBe(words);
  });
});

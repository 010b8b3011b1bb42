import type { CallSearch, UsageStatistics } from '../audit/index.js';
import type { AccountDirectory, Principal } from '../auth/index.js';
import type { Clock, DiskWatch } from '../platform/index.js';
import type { AccessPolicy, HealthBoard, ServiceVisibility, ToolReviews } from '../services/index.js';
import { OverviewReader } from './overview-reader.js';

const ROOM = { freeBytes: 40, totalBytes: 1_000 };
const NOBODY_CALLED = { total: { calls: 0, errors: 0, denied: 0, p95Ms: 0 } };

const caller = (...permissions: string[]): Principal => ({ permissions: new Set(permissions) }) as unknown as Principal;

const FINE = { reserve: 'enough', room: ROOM } as const;

/** Of an installation with these services, by the names of their tools that are held. */
const readerWith = (
  disk: Pick<DiskWatch, 'reserve' | 'room'>,
  held: Readonly<Record<string, readonly string[]>> = {},
): OverviewReader =>
  new OverviewReader(
    {
      list: () => Object.keys(held).map((id) => ({ id, slug: id, name: id, enabled: id !== 'off' })),
    } as unknown as ServiceVisibility,
    { of: () => ({ state: 'ready' }) } as unknown as HealthBoard,
    { all: () => [] } as unknown as AccessPolicy,
    { groups: () => [] } as unknown as AccountDirectory,
    { search: async () => ({ items: [] }) } as unknown as CallSearch,
    { report: async () => NOBODY_CALLED, topTools: async () => [] } as unknown as UsageStatistics,
    { now: () => new Date(0) } as Clock,
    disk as DiskWatch,
    { heldIn: (id: string) => held[id] ?? [] } as unknown as ToolReviews,
  );

describe('the overview', () => {
  it.each([
    ['those who look after the product', 'low', caller('health:read'), ROOM],
    ['nobody else', 'low', caller('services:read'), null],
    ['nobody while there is room', 'enough', caller('health:read'), null],
  ] as const)('warns of a disk that is nearly full: %s', async (_, reserve, who, disk) => {
    expect(await readerWith({ reserve, room: ROOM }).read(who)).toMatchObject({ disk });
  });
  it('names services whose tools wait for somebody to look at them, to those who may change services', async () => {
    const reader = readerWith(FINE, { crm: ['find', 'drop'], wiki: [], off: ['find'] });
    const { held } = await reader.read(caller('services:write'));
    expect(held).toEqual([{ serviceSlug: 'crm', serviceName: 'crm', tools: 2 }]);
    expect((await reader.read(caller('services:read'))).held).toEqual([]);
  });
});

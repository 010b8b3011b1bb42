import type { CallSearch, UsageStatistics } from '../audit/index.js';
import type { AccountDirectory, Principal } from '../auth/index.js';
import type { Clock, DiskWatch } from '../platform/index.js';
import type { AccessPolicy, HealthBoard, ServiceVisibility } from '../services/index.js';
import { OverviewReader } from './overview-reader.js';

const ROOM = { freeBytes: 40, totalBytes: 1_000 };
const NOBODY_CALLED = { total: { calls: 0, errors: 0, denied: 0, p95Ms: 0 } };

const caller = (...permissions: string[]): Principal => ({ permissions: new Set(permissions) }) as unknown as Principal;

/** Of an installation in which there is nothing yet. */
const readerWith = (disk: Pick<DiskWatch, 'reserve' | 'room'>): OverviewReader =>
  new OverviewReader(
    { list: () => [] } as unknown as ServiceVisibility,
    {} as HealthBoard,
    { all: () => [] } as unknown as AccessPolicy,
    { groups: () => [] } as unknown as AccountDirectory,
    { search: async () => ({ items: [] }) } as unknown as CallSearch,
    { report: async () => NOBODY_CALLED, topTools: async () => [] } as unknown as UsageStatistics,
    { now: () => new Date(0) } as Clock,
    disk as DiskWatch,
  );

describe('the overview', () => {
  it.each([
    ['those who look after the product', 'low', caller('health:read'), ROOM],
    ['nobody else', 'low', caller('services:read'), null],
    ['nobody while there is room', 'enough', caller('health:read'), null],
  ] as const)('warns of a disk that is nearly full: %s', async (_, reserve, who, disk) => {
    expect(await readerWith({ reserve, room: ROOM }).read(who)).toMatchObject({ disk });
  });
});

import type { Principal } from '../../auth/index.js';
import { Clock, Scrubber } from '../../platform/index.js';
import { selfReportedIn } from './self-reported.js';
import type { TappedFrame } from './tap.js';
import { Traffic, type Visit } from './traffic.js';

const principal = (userId: string): Principal => ({
  userId,
  email: `${userId}@example.org`,
  displayName: userId,
  groupIds: new Set(),
  permissions: new Set(),
  credential: { kind: 'api-key', id: `${userId}-key`, name: 'laptop' },
  serviceIds: null,
});
const visit = (userId: string, fields: Partial<Visit> = {}): Visit => ({
  principal: principal(userId),
  endpoint: '/mcp',
  era: 'modern',
  ...fields,
});

describe('the traffic at the MCP endpoints', () => {
  const scrubber = new Scrubber();
  let traffic: Traffic;

  beforeEach(() => (traffic = new Traffic(new Clock(), scrubber)));
  afterEach(() => traffic.onModuleDestroy());

  const ids = (): string[] => traffic.sources().map(({ id }) => id);
  const watched = (id: string): TappedFrame[] => {
    const frames: TappedFrame[] = [];
    frames.push(...(traffic.watch(id, (frame) => frames.push(frame))?.kept ?? []));
    return frames;
  };

  it('tells clients apart by person, endpoint, session and name', () => {
    const same = [visit('ann'), visit('ann')];
    const others = [
      visit('bob'),
      visit('ann', { endpoint: '/mcp/s/wiki' }),
      visit('ann', { era: 'legacy', sessionId: 'one' }),
      visit('ann', { era: 'legacy', sessionId: 'two' }),
      visit('ann', { client: { name: 'Cursor', version: '3' } }),
    ];
    for (const each of [...same, ...others]) traffic.note(each);
    expect(traffic.sources()).toHaveLength(6);
    expect(traffic.sources().at(-1)).toMatchObject({ person: { email: 'ann@example.org' }, requests: 2 });
  });

  it('shows first who came last', () => {
    for (const who of ['ann', 'bob', 'cat', 'ann']) traffic.note(visit(who));
    expect(traffic.sources().map(({ person }) => person.id)).toEqual(['ann', 'cat', 'bob']);
  });

  it('keeps nothing of what passes while nobody looks', () => {
    const tap = traffic.note(visit('ann'));
    expect(tap()).toBeUndefined();
    const frames = watched(ids()[0] ?? '');
    tap()?.note('client', 'in', { jsonrpc: '2.0', id: 1, method: 'ping' });
    expect(frames).toHaveLength(1);
  });

  it('shows one client nothing of another', () => {
    const ann = traffic.note(visit('ann'));
    const bob = traffic.note(visit('bob'));
    const [bobId, annId] = ids();
    const [ofBob, ofAnn] = [watched(bobId ?? ''), watched(annId ?? '')];
    ann()?.note('client', 'in', { id: 1, method: 'tools/call', params: { of: 'ann' } });
    bob()?.note('client', 'in', { id: 1, method: 'tools/call', params: { of: 'bob' } });
    expect([ofAnn, ofBob].map((frames) => frames.map(({ message }) => JSON.stringify(message)))).toEqual([
      [expect.stringContaining('"ann"')],
      [expect.stringContaining('"bob"')],
    ]);
  });

  it('masks secrets by name and by value', () => {
    scrubber.learn('canary-7c1f0a2b');
    const tap = traffic.note(visit('ann'));
    const frames = watched(ids()[0] ?? '');
    tap()?.note('service', 'in', { id: 1, result: { text: 'it is canary-7c1f0a2b', password: 'hush-hush' } });
    expect(JSON.stringify(frames)).not.toMatch(/canary-7c1f0a2b|hush-hush/);
  });

  it('says how long an answer took, whoever asked', () => {
    const tap = traffic.note(visit('ann'));
    const frames = watched(ids()[0] ?? '');
    tap()?.note('client', 'in', { id: 1, method: 'tools/call' });
    tap()?.note('service', 'out', { id: 1, method: 'tools/call' });
    tap()?.note('service', 'in', { id: 1, result: {} });
    tap()?.note('client', 'out', { id: 1, result: {} });
    tap()?.note('client', 'out', { id: 1, result: {} });
    expect(frames.map(({ durationMs }) => typeof durationMs)).toEqual([
      'undefined',
      'undefined',
      'number',
      'number',
      'undefined',
    ]);
  });

  it('keeps the last 500 messages, of at most 4 MiB, for whoever comes later', () => {
    const tap = traffic.note(visit('ann'));
    const id = ids()[0] ?? '';
    watched(id);
    for (let index = 1; index <= 600; index += 1) tap()?.note('client', 'in', { id: index, method: 'ping' });
    expect(watched(id).map(({ n }) => n)).toEqual(Array.from({ length: 500 }, (_, at) => at + 101));
    for (let index = 0; index < 40; index += 1) tap()?.note('client', 'in', { text: 'x'.repeat(200_000) });
    expect(watched(id).reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(4 * 1024 * 1024);
  });

  it('shows only the size of what is very large', () => {
    const tap = traffic.note(visit('ann'));
    const frames = watched(ids()[0] ?? '');
    tap()?.note('client', 'in', { text: 'x'.repeat(300_000) });
    expect(frames[0]).toMatchObject({ message: null, size: expect.any(Number) });
  });

  it('forgets the client unused for longest when there are too many, but none that is looked at', () => {
    traffic.note(visit('first'));
    watched(ids()[0] ?? '');
    for (let index = 0; index < 1_100; index += 1) traffic.note(visit(`user${index}`));
    const people = traffic.sources().map(({ person }) => person.id);
    expect(people).toHaveLength(1_000);
    expect(people).toEqual(expect.arrayContaining(['first', 'user1099']));
    expect(people).not.toContain('user0');
  });

  it('lets nobody push others out by inventing sessions', () => {
    traffic.note(visit('ann'));
    for (let index = 0; index < 2_000; index += 1) {
      traffic.note(visit('mallory', { era: 'legacy', sessionId: `invented-${index}` }));
    }
    const people = traffic.sources().map(({ person }) => person.id);
    expect(people.filter((id) => id === 'mallory')).toHaveLength(100);
    expect(people).toContain('ann');
  });

  it('listens to twenty clients at most', () => {
    for (let index = 0; index < 21; index += 1) traffic.note(visit(`user${index}`));
    const opened = ids().map((id) => traffic.watch(id, () => undefined));
    expect(opened.filter(Boolean)).toHaveLength(20);
  });
});

describe('what a client says of itself', () => {
  it.each([
    ['in initialize', { params: { clientInfo: { name: 'Cursor', version: '3' } } }],
    [
      'with each request',
      { params: { _meta: { 'io.modelcontextprotocol/clientInfo': { name: 'Cursor', version: '3' } } } },
    ],
  ])('is read %s', (_, body) => expect(selfReportedIn(body)).toEqual({ name: 'Cursor', version: '3' }));

  it.each([null, 7, [], { params: null }, { params: { clientInfo: { name: 7 } } }, { params: { _meta: 'x' } }])(
    'may be anything: %j',
    (body) => expect(selfReportedIn(body)).toBeUndefined(),
  );
});

import { ApiError, type AccessApi, type Grant } from '@gatehouse/api-client';
import { GrantsStore, sectionsOf } from './grants-store';

const grant = (id: string, change: Partial<Grant> = {}): Grant => ({
  id,
  subject: { kind: 'group', id: `g-${id}`, name: id },
  serviceId: 's1',
  tool: null,
  effect: 'allow',
  createdBy: null,
  createdAt: '2026-01-01T00:00:00Z',
  ...change,
});

describe('grants of a service', () => {
  it('stand by tool, the whole service first, and what forbids before what allows', () => {
    const sections = sectionsOf([
      grant('a', { tool: 'write' }),
      grant('c'),
      grant('b', { tool: 'read' }),
      grant('d', { effect: 'deny' }),
      grant('aa'),
    ]);
    expect(sections.map(({ tool, grants }) => [tool, grants.map((one) => one.id)])).toEqual([
      [null, ['d', 'aa', 'c']],
      ['read', ['b']],
      ['write', ['a']],
    ]);
  });

  it('reads all pages', async () => {
    const store = new GrantsStore({
      grants: async ({ cursor }: { cursor?: string }) =>
        cursor ? { items: [grant('b')], nextCursor: null } : { items: [grant('a')], nextCursor: 'more' },
    } as unknown as AccessApi);
    await store.load('s1');
    expect(store.grants().map((one) => one.id)).toEqual(['a', 'b']);
  });

  it('keeps a grant in the list when taking it away was refused', async () => {
    const store = new GrantsStore({
      grants: async () => ({ items: [grant('a')], nextCursor: null }),
      revoke: async () => Promise.reject(new ApiError({ code: 'permission_missing', message: 'no' }, 403)),
    } as unknown as AccessApi);
    await store.load('s1');
    await expect(store.remove(grant('a'))).rejects.toThrow('no');
    expect(store.grants()).toHaveLength(1);
  });

  it('shows a new grant as the server stored it', async () => {
    const store = new GrantsStore({
      grants: async () => ({ items: [], nextCursor: null }),
      grant: async () => grant('stored'),
    } as unknown as AccessApi);
    await store.load('s1');
    await store.add({ subject: { kind: 'everyone' }, serviceId: 's1', effect: 'allow' });
    expect(store.grants().map((one) => one.id)).toEqual(['stored']);
  });
});

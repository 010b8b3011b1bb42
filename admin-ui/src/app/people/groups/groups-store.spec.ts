import { peopleApi, type Member, type User } from '@gatehouse/api-client';
import { FakeServer } from '../../../testing/fake-server';
import { GroupsStore } from './groups-store';

const group = { id: 'g1', name: 'Ops', description: '', memberCount: 1, createdAt: '', version: 1 };
const member = (userId: string): Member => ({ userId, email: '', displayName: userId, addedAt: '' });
const page = <T>(...items: T[]) => ({ items, nextCursor: null });

async function opened() {
  const server = new FakeServer({
    'GET /api/groups': () => page(group),
    'GET /api/groups/g1/members': () => page(member('li')),
    'POST /api/groups/g1/members': () => member('wang'),
    'DELETE /api/groups/g1/members/li': () => undefined,
    'GET /api/users': () => page({ id: 'li' } as User, { id: 'wang' } as User),
  });
  const store = new GroupsStore(peopleApi(server.http));
  await store.search('');
  await store.open(group);
  return store;
}

const shown = (store: GroupsStore) => [
  store.members.items().map((each) => each.userId),
  store.groups.items()[0]?.memberCount,
];

describe('the groups', () => {
  it('offer only people who are not members yet', async () => {
    const store = await opened();
    await store.findCandidates('w');
    expect(store.candidates.value()?.map((user) => user.id)).toEqual(['wang']);
  });

  it('count members as they come and go', async () => {
    const store = await opened();
    await store.add('wang');
    expect(shown(store)).toEqual([['wang', 'li'], 2]);
    await store.removeMember('li');
    expect(shown(store)).toEqual([['wang'], 1]);
  });
});

import { peopleApi, type User } from '@gatehouse/api-client';
import { FakeServer, Refusal } from '../../../testing/fake-server';
import { UsersStore } from './users-store';

const user = (id: string, enabled = true) =>
  ({ id, displayName: id, email: `${id}@bank.example`, enabled, version: 1 }) as User;
const page = (...items: User[]) => ({ items, nextCursor: null });

describe('the users', () => {
  it('are searched by the server', async () => {
    const server = new FakeServer({ 'GET /api/users': () => page(user('li')) });
    const store = new UsersStore(peopleApi(server.http));
    await store.search('李');
    expect([store.users.items().length, server.asked]).toEqual([1, [`GET /api/users?q=${encodeURIComponent('李')}`]]);
  });

  it('are read again after one was added', async () => {
    const server = new FakeServer({ 'GET /api/users': () => page(user('li')), 'POST /api/users': () => user('new') });
    const store = new UsersStore(peopleApi(server.http));
    await store.search('');
    expect(await store.create({ email: 'new@bank.example', displayName: 'new' })).toBe(true);
    expect(server.asked).toEqual(['GET /api/users', 'POST /api/users', 'GET /api/users']);
  });

  it('keep the refusal of a change with the fields it names', async () => {
    const fields = [{ path: 'email', message: 'is taken' }];
    const server = new FakeServer({ 'PUT /api/users/li': () => new Refusal(409, 'conflict', { fields }) });
    const store = new UsersStore(peopleApi(server.http));
    expect(await store.change('li', { email: 'wang@bank.example', version: 1 })).toBe(false);
    expect(store.saving.error()).toMatchObject({ code: 'conflict', fields });
  });

  it('show a locked user at once', async () => {
    const server = new FakeServer({
      'GET /api/users': () => page(user('li'), user('wang')),
      'PUT /api/users/wang': () => user('wang', false),
    });
    const store = new UsersStore(peopleApi(server.http));
    await store.search('');
    await store.setEnabled(user('wang'), false);
    expect(store.users.items().map((each) => each.enabled)).toEqual([true, false]);
  });
});

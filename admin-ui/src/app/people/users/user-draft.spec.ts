import type { User } from '@gatehouse/api-client';
import { EMPTY_USER, changeOf, draftOf, formOf } from './user-draft';

const user: User = {
  id: 'u1',
  email: 'li@bank.example',
  displayName: '李伟',
  language: null,
  roles: ['member'],
  groups: [{ id: 'g1', name: 'Ops' }],
  enabled: true,
  source: 'local',
  createdAt: '2026-01-01T00:00:00Z',
  lastSeenAt: null,
  version: 3,
  can: { edit: true, delete: true },
};

describe('the user form', () => {
  it('sends nothing that was left empty', () =>
    expect(draftOf({ ...EMPTY_USER, email: ' a@b.example ', displayName: 'A' })).toEqual({
      email: 'a@b.example',
      displayName: 'A',
      roles: ['member'],
    }));

  it('sends only what changed, with the version it was read at', () =>
    expect(changeOf({ ...formOf(user), displayName: '李薇', language: 'zh' }, user)).toEqual({
      version: 3,
      displayName: '李薇',
      language: 'zh',
    }));

  it('sends the version alone when nothing changed', () =>
    expect(changeOf(formOf(user), user)).toEqual({ version: 3 }));
});

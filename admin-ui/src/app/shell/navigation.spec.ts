import { ROLE_PRESETS, type Permission } from '@gatehouse/contracts';
import { visibleEntries } from './navigation';

const pathsFor = (permissions: readonly Permission[]) =>
  visibleEntries(new Set(permissions)).map((entry) => entry.path);

describe('the rail', () => {
  it('has every page for the owner', () =>
    expect(pathsFor(ROLE_PRESETS.owner)).toEqual([
      '/',
      '/mcp',
      '/profiles',
      '/people',
      '/audit',
      '/jobs',
      '/inspector',
      '/usage',
      '/keys',
      '/settings',
    ]));

  it('has no page that a member may never open', () =>
    expect(pathsFor(ROLE_PRESETS.member)).toEqual(['/', '/mcp', '/audit', '/jobs', '/usage', '/keys', '/settings']));
});

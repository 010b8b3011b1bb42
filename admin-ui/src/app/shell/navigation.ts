import type { Permission } from '@gatehouse/contracts';

export interface NavigationEntry {
  path: string;
  /** Key of its word in the frame's texts. */
  text: string;
  icon: string;
  /** Who sees it; absent: everybody. */
  needs?: Permission;
}

/** The rail, top to bottom. An entry that one may never open is not there at all. */
export const NAVIGATION: readonly NavigationEntry[] = [
  { path: '/', text: 'nav.overview', icon: 'dashboard' },
  { path: '/mcp', text: 'nav.services', icon: 'api' },
  { path: '/profiles', text: 'nav.profiles', icon: 'appstore', needs: 'services:read' },
  { path: '/people', text: 'nav.people', icon: 'team', needs: 'users:read' },
  { path: '/audit', text: 'nav.audit', icon: 'audit' },
  { path: '/jobs', text: 'nav.jobs', icon: 'clock-circle' },
  { path: '/inspector', text: 'nav.inspector', icon: 'search', needs: 'inspector:read' },
  { path: '/usage', text: 'nav.usage', icon: 'bar-chart' },
  { path: '/keys', text: 'nav.keys', icon: 'key', needs: 'api-keys:own' },
  { path: '/settings', text: 'nav.settings', icon: 'setting' },
];

/** What a person with these permissions sees in the rail. */
export const visibleEntries = (permissions: ReadonlySet<Permission>): NavigationEntry[] =>
  NAVIGATION.filter((entry) => !entry.needs || permissions.has(entry.needs));

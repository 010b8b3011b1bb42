import type { Permission } from '@gatehouse/contracts';
import type { Tab } from '../ui/tabs';

const TABS: readonly (Tab & { needs?: Permission })[] = [
  { path: 'models', text: 'settings.models.tab', needs: 'settings:read' },
  { path: 'embedding', text: 'settings.embed.tab', needs: 'embed:write' },
  { path: 'limits', text: 'settings.limits.tab', needs: 'limits:read' },
  { path: 'account', text: 'settings.account.tab' },
];

/** The parts of the settings that a person with these permissions may open. */
export const visibleTabs = (permissions: ReadonlySet<Permission>): Tab[] =>
  TABS.filter((tab) => !tab.needs || permissions.has(tab.needs));

import type { Passage } from '../../auth/index.js';
import type { ProfileDefinition } from '../definition.js';
import { containsContent, containsTool } from './profile-tools.js';

/**
 * The endpoint of a profile as the access decision sees it. A profile that does not exist, or is switched off, looks like
 * one that was granted to nobody.
 *
 * @param find the profile as it is now; asked at every decision
 */
export function passageOf(slug: string, find: (slug: string) => ProfileDefinition | undefined): Passage {
  const open = (): ProfileDefinition | undefined => {
    const profile = find(slug);
    return profile?.enabled ? profile : undefined;
  };
  return {
    name: slug,
    grants: () => open()?.grants ?? [],
    opens: ({ serviceId, want }) => {
      const items = open()?.items ?? [];
      if (typeof want === 'object') return containsTool(items, serviceId, want.tool);
      return want === 'content'
        ? containsContent(items, serviceId)
        : items.some((item) => item.serviceId === serviceId);
    },
  };
}

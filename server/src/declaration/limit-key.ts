import type { DeclaredLimit } from './declaration-file.js';

/** The same for two limits that are about the same; what is remembered of one is found again by it. */
export const limitKey = (limit: DeclaredLimit): string => aboutOf(limit).join(' ').slice(0, 254);

function aboutOf({ group, user, service, tool }: DeclaredLimit): string[] {
  if (group !== undefined) return ['group', group];
  if (user !== undefined) return ['user', user.toLowerCase()];
  if (service !== undefined) return ['service', service, tool ?? '*'];
  return ['everyone'];
}

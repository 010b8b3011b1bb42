import { ROLE_PRESETS } from '@gatehouse/contracts';
import type { Role } from '@gatehouse/api-client';

/** The key of a built-in role's word; undefined for one's own, whose title somebody wrote. */
export const presetKey = (name: string): string | undefined =>
  name in ROLE_PRESETS ? `people.preset.${name}` : undefined;

/** A role's name for the reader: translated when built in, else its title. */
export function roleTitle(name: string, roles: readonly Role[], translate: (key: string) => string): string {
  const key = presetKey(name);
  return key ? translate(key) : (roles.find((role) => role.name === name)?.title ?? name);
}

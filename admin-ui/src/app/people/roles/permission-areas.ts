import { PERMISSIONS, type Permission } from '@gatehouse/contracts';

/** Permissions of one area: `services` → read, write … */
export interface PermissionArea {
  area: string;
  permissions: Permission[];
}

/** Permissions by area, in the catalogue's order; areas without any are left out. */
export function byArea(permissions: readonly Permission[]): PermissionArea[] {
  const held = new Set(permissions);
  const areas = new Map<string, Permission[]>();
  for (const permission of PERMISSIONS.filter((each) => held.has(each))) {
    const [area = ''] = permission.split(':');
    areas.set(area, [...(areas.get(area) ?? []), permission]);
  }
  return [...areas].map(([area, list]) => ({ area, permissions: list }));
}

/** `services:read` → `read`. */
export const actOf = (permission: Permission): string => permission.slice(permission.indexOf(':') + 1);

/** Every permission of the product, as `area:action`. A route names one of them; a role is a list of them. */
export const PERMISSIONS = [
  'services:read',
  'services:write',
  'services:stdio',
  'services:test',
  'grants:read',
  'grants:write',
  'limits:read',
  'limits:write',
  'users:read',
  'users:write',
  'groups:read',
  'groups:write',
  'roles:write',
  'api-keys:own',
  'api-keys:manage',
  'audit:read',
  'audit:export',
  'usage:read',
  'settings:read',
  'settings:write',
  'embed:write',
  'tools:use',
  'chat:use',
  'jobs:manage',
  'health:read',
  'metrics:read',
  'inspector:read',
  'inspector:impersonate',
] as const;

export type Permission = (typeof PERMISSIONS)[number];

/** What anybody who signed in may do; each further role adds to it. */
const MEMBER: readonly Permission[] = ['tools:use', 'chat:use', 'api-keys:own'];

const MANAGER: readonly Permission[] = [
  ...MEMBER,
  'services:read',
  'services:write',
  'services:test',
  'grants:read',
  'grants:write',
  'groups:read',
  'users:read',
  'usage:read',
  'health:read',
];

const AUDITOR: readonly Permission[] = [
  ...MEMBER,
  'services:read',
  'grants:read',
  'users:read',
  'groups:read',
  'audit:read',
  'audit:export',
  'usage:read',
  'health:read',
];

/** What only an owner may do unless a role of one's own says otherwise. */
const OWNER_ONLY: readonly Permission[] = ['roles:write', 'inspector:impersonate'];

/** The built-in roles. `owner` cannot be removed from the last account that has it. */
export const ROLE_PRESETS = {
  owner: PERMISSIONS,
  admin: PERMISSIONS.filter((permission) => !OWNER_ONLY.includes(permission)),
  'service-manager': MANAGER,
  auditor: AUDITOR,
  member: MEMBER,
} as const satisfies Record<string, readonly Permission[]>;

export type RolePreset = keyof typeof ROLE_PRESETS;

export const isPermission = (value: string): value is Permission => (PERMISSIONS as readonly string[]).includes(value);

import { actOf, byArea } from './permission-areas';

it('permissions are shown by area, in the order of the catalogue', () => {
  expect(byArea(['users:write', 'services:test', 'services:read', 'users:write'])).toEqual([
    { area: 'services', permissions: ['services:read', 'services:test'] },
    { area: 'users', permissions: ['users:write'] },
  ]);
  expect(actOf('api-keys:own')).toBe('own');
});

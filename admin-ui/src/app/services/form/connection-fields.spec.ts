import type { Service } from '@gatehouse/api-client';
import { connectionProblems, connectionSettings, connectionValues } from './connection-fields';
import { emptyForm, KEPT_SECRET } from './form-values';

describe('pool, sharing, addresses and certificates of the form', () => {
  it('say nothing where nothing was entered', () => {
    expect(connectionSettings(emptyForm('http'))).toEqual({});
  });

  it('go out as they are stored, the key as the one that is kept', () => {
    const config = {
      connect: 'on-demand',
      pool: { min: 1, max: 3 },
      sharing: 'per-user',
      userCredentials: ['X-Token'],
      allowedCallers: ['10.0.0.0/8', '::1'],
      allowedAddresses: ['192.0.2.1'],
      tls: { ca: 'CA', cert: 'CERT' },
    } as const;
    const auth = { credentials: [{ target: 'tls', name: 'key', value: KEPT_SECRET }] };
    const values = { ...emptyForm('http'), ...connectionValues({ config, auth } as unknown as Service) };
    const { connect: _, ...stored } = config;
    expect(connectionSettings(values)).toEqual({ ...stored, tls: { ...stored.tls, key: KEPT_SECRET } });
  });

  it('leave behind what a local command has no use for', () => {
    const values = { ...emptyForm('stdio'), allowedAddresses: '10.0.0.1', tlsCa: 'CA', allowedCallers: '10.0.0.2' };
    expect(connectionSettings(values)).toEqual({ allowedCallers: ['10.0.0.2'] });
  });

  it.each([
    ['', '', undefined],
    ['1', '4', undefined],
    ['4', '1', 'pool'],
    ['0', '', 'pool'],
    ['', '17', 'pool'],
    ['x', '', 'pool'],
  ])('look at the pool: %p to %p', (poolMin, poolMax, problem) => {
    expect(connectionProblems({ ...emptyForm(), poolMin, poolMax }).poolMax).toBe(problem);
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGatehouse } from '@gatehouse/testing';
import { OWNER, startProduct } from '../support/product.js';

const DECLARED = `
groups:
  - name: Engineering
users:
  - email: alice@example.org
    displayName: Alice
    groups: [Engineering]
services:
  - slug: wiki
    name: Wiki
    type: http
    url: http://127.0.0.1:9999/mcp
    auth:
      credentials: [{ target: header, name: Authorization, value: 'Bearer \${WIKI_TOKEN}' }]
    enabled: false
grants:
  - service: wiki
    group: Engineering
`;

describe('a declared installation', () => {
  let folder: string;
  let file: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-declared-'));
    file = join(folder, 'gatehouse.yaml');
    await writeFile(file, DECLARED);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  const env = () => ({ GATEHOUSE_CONFIG: file, WIKI_TOKEN: 'wiki-token-secret' });

  it('is there at the first start, the same after the second, and what was changed by hand is set back and logged', async () => {
    const dataDir = join(folder, 'data');
    const first = await startProduct({ dataDir, env: env() });
    const [service] = (
      await first.owner.call<{ items: { id: string; name: string; version: number }[] }>('GET', '/api/mcp/services')
    ).items;
    expect(service?.name).toBe('Wiki');
    expect(
      (await first.owner.call<{ items: object[] }>('GET', `/api/mcp/grants?serviceId=${service?.id}`)).items,
    ).toHaveLength(1);
    expect(JSON.stringify(await first.owner.call<object>('GET', `/api/mcp/services/${service?.id}`))).not.toContain(
      'wiki-token',
    );
    await first.owner.call('PUT', `/api/mcp/services/${service?.id}`, {
      name: 'Changed by hand',
      version: service?.version,
    });
    await first.gatehouse.stop();

    const second = await startProduct({ dataDir, env: env() });
    const { items } = await second.owner.call<{ items: { id: string; name: string }[] }>('GET', '/api/mcp/services');
    expect(items).toMatchObject([{ id: service?.id, name: 'Wiki' }]);
    expect(second.gatehouse.logs).toMatch(/drift/i);
    expect(second.gatehouse.logs).not.toContain('wiki-token-secret');
    await second.gatehouse.stop();
  });

  it('with a mistake ends the start with 78 and names the line', async () => {
    const broken = join(folder, 'broken.yaml');
    await writeFile(broken, 'services:\n  - slug: wiki\n    nmae: Wiki\n');
    const start = startGatehouse({
      env: { GATEHOUSE_CONFIG: broken, GATEHOUSE_OWNER_EMAIL: OWNER.email, GATEHOUSE_OWNER_PASSWORD: OWNER.password },
    });
    await expect(start).rejects.toThrow(/exit 78[\s\S]*:3:[\s\S]*nmae/);
  });
});

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { startFakeMcpServer, startGatehouse, waitFor, type RunningFakeMcp } from '@gatehouse/testing';
import { failDisk, type DiskFault, type FailingDisk } from '../support/failing-disk.js';
import { OWNER, refusal, register, startProduct, type Product } from '../support/product.js';
import { CaseCount, chosen, isFull } from './cases.js';

const run = promisify(execFile);
const DATABASE = 'gatehouse.sqlite';
const CALL = '/api/mcp/services/tools/tools/echo';

interface Kept {
  dataDir: string;
  file: string;
}

/** L13: what may have become of the file by the next start, and what the refusal says. */
const RUINS: Record<string, { ruin: (kept: Kept) => Promise<void>; says: RegExp }> = {
  'is garbage': { ruin: ({ file }) => writeFile(file, 'this is no database '.repeat(1_000)), says: /not a database/i },
  'is cut in the middle': {
    ruin: async ({ file }) => truncate(file, Math.floor((await stat(file)).size / 2 / 4096) * 4096),
    says: /malformed|corrupt|disk image/i,
  },
  'has a page of zeros': {
    ruin: async ({ file }) => {
      const bytes = await readFile(file);
      await writeFile(file, bytes.fill(0, 4096, 4096 * 12));
    },
    says: /malformed|corrupt|disk image/i,
  },
  'is a folder': {
    ruin: async ({ file }) => {
      await rm(file);
      await mkdir(file);
    },
    says: /unable to open|is a directory/i,
  },
  'was migrated by a newer version': {
    ruin: ({ file }) => {
      const database = new DatabaseSync(file);
      database.exec("INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'FromTheFuture9999999999999')");
      database.close();
      return Promise.resolve();
    },
    says: /newer Gatehouse/,
  },
  'has lost its keys': {
    ruin: ({ dataDir }) => rm(join(dataDir, 'keys'), { recursive: true }),
    says: /key/i,
  },
};

const upTo = (last: number): number[] => Array.from({ length: last }, (_, at) => at + 1);

/**
 * L4: which access to the disk fails, counted from the first one after all was well. A call is some twenty of them in two
 * commits; two hundred reach over many calls.
 */
const ONE_FAILS: readonly DiskFault[] = [
  ...upTo(200).flatMap((at): DiskFault[] => [
    { call: 'pwrite64', error: 'EIO', at, lasts: false },
    { call: 'pwrite64', error: 'ENOSPC', at, lasts: false },
  ]),
  ...upTo(40).map((at): DiskFault => ({ call: 'fsync', error: 'EIO', at, lasts: false })),
];
const ALL_FAIL_FROM: readonly DiskFault[] = [
  ...upTo(25).map((at): DiskFault => ({ call: 'pwrite64', error: 'ENOSPC', at, lasts: true })),
  ...upTo(5).map((at): DiskFault => ({ call: 'fsync', error: 'EIO', at, lasts: true })),
];
/** More than enough for two hundred accesses. */
const MOST_CALLS = 40;

/** Group L of the security bar, as far as it is about storage: what happens when it fails. */
describe('hostile storage', () => {
  const counted = new CaseCount('L');
  const known: string[] = [];
  let fake: RunningFakeMcp;
  let original: string;
  /** Runs on a copy. */
  let product: Product;
  let dataDir: string;
  const folders: string[] = [];

  const folder = async (): Promise<string> => {
    const made = await mkdtemp(join(tmpdir(), 'gatehouse-e2e-ruin-'));
    folders.push(made);
    return made;
  };

  beforeAll(async () => {
    fake = await startFakeMcpServer();
    original = await folder();
    const { owner, gatehouse } = await startProduct({ dataDir: original });
    await register(owner, {
      name: 'tools',
      slug: 'tools',
      type: 'http',
      url: fake.url,
      auth: { credentials: [{ target: 'header', name: 'X-Key', value: 'a secret that must be readable later' }] },
    });
    for (let each = 0; each < 20; each += 1) await owner.call('POST', CALL, { arguments: { text: `call ${each}` } });
    await gatehouse.stop();
    dataDir = await folder();
    await cp(original, dataDir, { recursive: true });
    product = await startProduct({ dataDir, env: { GATEHOUSE_CALLS_PER_MINUTE: '0' } });
  });

  afterAll(async () => {
    await product.gatehouse.stop();
    await fake.close();
    for (const each of folders) await rm(each, { recursive: true, force: true });
  });

  const digestOf = async (file: string): Promise<string> =>
    createHash('sha256')
      .update(await readFile(file).catch(() => 'a folder'))
      .digest('hex');

  it.each(chosen(Object.entries(RUINS), 2))(
    'L13: a database that %s is refused at the start, and left as it is',
    async (_, { ruin, says }) => {
      counted.add('L13', 1, 1);
      const ruined = await folder();
      await cp(original, ruined, { recursive: true });
      const file = join(ruined, DATABASE);
      await ruin({ dataDir: ruined, file });
      const before = await digestOf(file);
      const refused: unknown = await startGatehouse({ dataDir: ruined }).then(
        async (gatehouse) => {
          await gatehouse.stop();
          return 'it started';
        },
        (error: unknown) => error,
      );
      expect(String(refused)).toMatch(/ended at start \(exit [1-9]/);
      expect(String(refused)).toMatch(says);
      expect(await digestOf(file)).toBe(before);
    },
  );

  it('L13: a second process on the same data is refused by the name of the first, which goes on', async () => {
    counted.add('L13', 1, 1);
    await expect(startGatehouse({ dataDir })).rejects.toThrow(`process ${product.gatehouse.pid}`);
    await product.owner.call('POST', CALL, { arguments: { text: 'still here' } });
  });

  const inFull = isFull ? it : undefined;
  inFull?.(
    'L4: a disk without room refuses calls before anything is sent; reading goes on; room brings them back',
    async () => {
      const small = await folder();
      const unmount = await mountSmallDisk(small);
      if (!unmount) {
        known.push('L4 was not tried: no disk can be mounted here');
        return;
      }
      counted.add('L4', 1, 1);
      try {
        await cp(original, small, { recursive: true });
        const { owner, gatehouse } = await startProduct({ dataDir: small });
        await owner.call('POST', CALL, { arguments: { text: 'room' } });
        const filler = join(small, 'filler');
        await run('dd', ['if=/dev/zero', `of=${filler}`, 'bs=1M', 'count=200']).catch(() => undefined);
        const full = await waitFor(
          'a call to be refused',
          async () => {
            const sent = fake.state.calls.length;
            const answer = await owner.fetch('POST', CALL, { arguments: { text: 'x'.repeat(50_000) } });
            const { error } = (await answer.json()) as { error?: { code: string } };
            return error && { code: error.code, sent: fake.state.calls.length - sent };
          },
          30_000,
        );
        // Whether it was the intent that did not fit or the outcome: the caller is told.
        expect(full.code).toBe('audit_unavailable');
        const sent = fake.state.calls.length;
        expect(await refusal(owner, 'POST', CALL, { arguments: { text: 'y'.repeat(50_000) } })).toMatchObject({
          code: 'audit_unavailable',
        });
        expect(fake.state.calls).toHaveLength(sent);
        expect((await owner.fetch('GET', '/api/mcp/services')).status).toBe(200);
        expect((await owner.fetch('GET', '/health/ready')).status).toBe(503);
        expect(gatehouse.ending).toBeUndefined();
        await rm(filler);
        await waitFor('readiness', async () => (await owner.fetch('GET', '/health/ready')).ok, 15_000);
        await owner.call('POST', CALL, { arguments: { text: 'room again' } });
        await gatehouse.stop();
      } finally {
        await unmount();
      }
    },
  );

  it('L1: a call is sent after its intent is on record, and every call that was sent has one', async () => {
    const database = new DatabaseSync(join(product.gatehouse.dataDir, DATABASE));
    const moments: Record<string, string> = {
      'before the intent':
        "CREATE TRIGGER broken BEFORE INSERT ON mcp_service_usage WHEN NEW.tool_name = 'add' BEGIN SELECT RAISE(ABORT, 'gone'); END",
      'before the outcome':
        "CREATE TRIGGER broken BEFORE UPDATE ON mcp_service_usage WHEN NEW.tool_name = 'add' BEGIN SELECT RAISE(ABORT, 'gone'); END",
    };
    for (const [moment, trigger] of Object.entries(moments)) {
      counted.add('L1', 1, 1);
      const before = fake.state.calls.filter(({ tool }) => tool === 'add').length;
      database.exec(trigger);
      const refused = await refusal(product.owner, 'POST', '/api/mcp/services/tools/tools/add', {
        arguments: { a: 1, b: 2 },
      });
      database.exec('DROP TRIGGER broken');
      await waitFor('readiness', async () => (await product.owner.fetch('GET', '/health/ready')).ok, 15_000);
      expect({ moment, code: refused.code }).toEqual({ moment, code: 'audit_unavailable' });
      const sent = fake.state.calls.filter(({ tool }) => tool === 'add').length - before;
      expect({ moment, sent }).toEqual({ moment, sent: moment === 'before the intent' ? 0 : 1 });
      expect(refused.message).not.toMatch(/gone|SQLITE|TRIGGER/i);
    }
    database.close();
    expect(product.gatehouse.ending).toBeUndefined();
  });

  /** Calls until something failed on the disk. @returns the texts that were acknowledged, and what else came */
  const callUntilFault = async (disk: FailingDisk, name: string): Promise<{ good: string[]; refused: number }> => {
    const good: string[] = [];
    let refused = 0;
    for (let each = 0; each < MOST_CALLS && (await disk.failed()) === 0; each += 1) {
      const text = `${name} ${each}`;
      const answer = await product.owner.fetch('POST', CALL, { arguments: { text } });
      if (answer.ok) good.push(text);
      else {
        expect({ name, body: await answer.text() }).toEqual({
          name,
          body: expect.stringContaining('audit_unavailable'),
        });
        refused += 1;
      }
    }
    expect({ name, failed: (await disk.failed()) > 0 }).toEqual({ name, failed: true });
    return { good, refused };
  };

  /** While every access fails: nothing is sent, and whoever is to mend it gets in and sees what there is. */
  const whileItLasts = async (name: string): Promise<void> => {
    const { gatehouse, owner } = product;
    const sent = fake.state.calls.length;
    expect(await refusal(owner, 'POST', CALL, { arguments: { text: `${name} refused` } })).toMatchObject({
      status: 503,
      code: 'audit_unavailable',
    });
    expect(fake.state.calls).toHaveLength(sent);
    const administrator = gatehouse.caller();
    await administrator.login(OWNER.email, OWNER.password);
    for (const path of ['/api/audit/calls', '/api/mcp/services', '/api/users'])
      expect({ name, path, status: (await administrator.fetch('GET', path)).status }).toEqual({
        name,
        path,
        status: 200,
      });
    expect((await owner.fetch('GET', '/health/ready')).status).toBe(503);
  };

  it(
    'L4: whichever access to the disk fails, its call fails closed, and the next is fine when the disk is',
    async () => {
      const files = ['', '-wal'].map((more) => join(product.gatehouse.dataDir, `${DATABASE}${more}`));
      const acknowledged: string[] = [];
      const before = fake.state.calls.length;
      let refused = 0;
      for (const fault of [...chosen(ONE_FAILS, 4), ...chosen(ALL_FAIL_FROM, 2)]) {
        const name = `${fault.call} ${fault.error} ${fault.at}${fault.lasts ? '+' : ''}`;
        const disk = await failDisk(product.gatehouse.pid, files, fault);
        if (!disk) {
          known.push('L4: single accesses were not tried: there is no strace, or it may not be used');
          return;
        }
        counted.add('L4 accesses', 1, 1);
        try {
          const seen = await callUntilFault(disk, name);
          acknowledged.push(...seen.good);
          refused += seen.refused;
          if (fault.lasts) await whileItLasts(name);
        } finally {
          await disk.mend();
        }
        await product.owner.call('POST', CALL, { arguments: { text: `${name} mended` } });
        acknowledged.push(`${name} mended`);
        expect((await product.owner.fetch('GET', '/health/ready')).status).toBe(200);
      }
      expect(product.gatehouse.ending).toBeUndefined();
      expect(refused).toBeGreaterThan(0);
      const database = new DatabaseSync(join(product.gatehouse.dataDir, DATABASE), { readOnly: true });
      const rows = database.prepare('SELECT status, request_data FROM mcp_service_usage').all() as unknown as {
        status: string;
        request_data: string;
      }[];
      database.close();
      const statusOf = new Map(
        rows.map((row) => [(JSON.parse(row.request_data) as { text?: string }).text, row.status]),
      );
      expect(acknowledged.filter((text) => statusOf.get(text) !== 'success')).toEqual([]);
      const sent = fake.state.calls.slice(before).map(({ arguments: args }) => args['text']);
      expect(sent.filter((text) => !statusOf.has(text as string))).toEqual([]);
      expect(await product.owner.call('GET', '/api/audit/verify')).toMatchObject({ valid: true });
    },
    isFull ? 600_000 : 60_000,
  );

  it('is counted', () => {
    counted.print('each case in a process of its own', known);
  });
});

/** @returns how to take it away again; undefined where that is not allowed */
async function mountSmallDisk(at: string): Promise<(() => Promise<void>) | undefined> {
  try {
    await run('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'gatehouse-e2e', at]);
  } catch {
    return undefined;
  }
  return async () => void (await run('umount', [at]));
}

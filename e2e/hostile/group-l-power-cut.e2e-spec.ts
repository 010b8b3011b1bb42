import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import {
  remainsAt,
  sampleOf,
  seedOfRun,
  seededRandom,
  startFakeMcpServer,
  type DiskRecorder,
  type RunningFakeMcp,
} from '@gatehouse/testing';
import { register, startProduct } from '../support/product.js';
import { canRecord, putBack, readRecording, recordedInto } from '../support/recorded-disk.js';
import { CaseCount, isFull } from './cases.js';

const run = promisify(execFile);
const DATABASE = 'gatehouse.sqlite';
const CALL = '/api/mcp/services/tools/tools/echo';
const CALLERS = 4;
/** In full, the log of the database is written back several times while calls go on. */
const CALLS_EACH = isFull ? 150 : 25;
const ALL_MOMENTS = 100;
const MOMENTS = isFull ? ALL_MOMENTS : 2;
/** At every how manyth moment the product itself is started on what is left. */
const WHOLE_PRODUCT_EVERY = 10;

/** What a call was asked to echo, with lines of the recording. */
interface Traced {
  id: string;
  text: string;
  /** When its request to the service was written. */
  sentAt: number;
  /** When its answer was written. */
  answeredAt: number;
}

interface Row {
  id: string;
  status: string;
  request_data: string;
}

/**
 * L3: the power goes while people call. A disk keeps for certain only what was synced, and no file system here forgets the
 * rest; so all that the product does to its folder is recorded, from its first start to its end, and what a disk would hold
 * is put together for moments of the recording.
 */
describe('a power cut', () => {
  const counted = new CaseCount('L3');
  const known: string[] = [];
  const random = seededRandom(seedOfRun());
  let scratch: string;
  let fake: RunningFakeMcp;

  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'gatehouse-e2e-power-'));
    fake = await startFakeMcpServer();
  });

  afterAll(async () => {
    await fake.close();
    await rm(scratch, { recursive: true, force: true });
  });

  /** The product from its first start to its end, with many calls. */
  const record = async (): Promise<{ recording: DiskRecorder; calls: Traced[] }> => {
    const [dataDir, log] = [join(scratch, 'recorded'), join(scratch, 'log')];
    await mkdir(dataDir);
    const env = { GATEHOUSE_CALLS_PER_MINUTE: '0' };
    const { gatehouse, owner } = await startProduct({ dataDir, env, startedBy: recordedInto(log) });
    await register(owner, { name: 'tools', slug: 'tools', type: 'http', url: fake.url });
    const answers: { id: string; text: string }[] = [];
    const callers = Array.from({ length: CALLERS }, async (_, at) => {
      for (let each = 0; each < CALLS_EACH; each += 1) {
        const text = `caller ${at} call ${each}.`;
        const { callId } = await owner.call<{ callId: string }>('POST', CALL, { arguments: { text } });
        answers.push({ id: callId, text });
      }
    });
    await Promise.all(callers);
    await gatehouse.stop();
    const recording = await readRecording(log, gatehouse.pid, dataDir);
    await rm(log);
    return { recording, calls: placed(answers, recording, new URL(gatehouse.url).port) };
  };

  /** @returns what is wrong with what is left */
  const judge = async (left: string, moment: number, calls: readonly Traced[]): Promise<string[]> => {
    const database = new DatabaseSync(join(left, DATABASE));
    const [{ integrity_check: integrity } = {}] = database.prepare('PRAGMA integrity_check').all();
    const rows = database.prepare('SELECT id, status, request_data FROM mcp_service_usage').all() as unknown as Row[];
    database.close();
    const statusOf = new Map(rows.map(({ id, status }) => [id, status]));
    const lost = calls.filter(({ id, answeredAt }) => answeredAt <= moment && statusOf.get(id) !== 'success');
    const unrecorded = calls.filter(({ id, sentAt }) => sentAt <= moment && !statusOf.has(id));
    return [
      ...(integrity === 'ok' ? [] : [`the database is ${String(integrity)}`]),
      ...lost.map(({ text }) => `${text} was acknowledged and is lost`),
      ...unrecorded.map(({ text }) => `${text} was sent and is not on record`),
      ...(await verdictOn(left)),
    ];
  };

  /** The product starts on what is left, as after any end, and goes on. */
  const goOn = async (left: string): Promise<string[]> => {
    const { gatehouse, owner } = await startProduct({ dataDir: left });
    await owner.call('POST', CALL, { arguments: { text: 'after the cut' } });
    const { valid } = await owner.call<{ valid: boolean }>('GET', '/api/audit/verify');
    await gatehouse.stop();
    return valid ? [] : ['what came after does not go with what was before'];
  };

  it(
    'loses no call that was acknowledged, nor any that was sent, whatever else the disk has kept',
    async () => {
      counted.add('only what was synced', 0, ALL_MOMENTS);
      counted.add('some of the rest', 0, ALL_MOMENTS);
      if (!(await canRecord())) {
        known.push('L3 was not tried: there is no strace, or it may not be used');
        return;
      }
      const { recording, calls } = await record();
      const problems: string[] = [];
      for (const [each, moment] of momentsIn(calls, recording, random).entries()) {
        for (const luck of [undefined, random]) {
          counted.add(luck ? 'some of the rest' : 'only what was synced', 1, 0);
          const left = join(scratch, 'left');
          await putBack(remainsAt(recording.events, moment, luck), left);
          const found = await judge(left, moment, calls).catch((error: unknown) => [String(error)]);
          if (luck && found.length === 0 && each % WHOLE_PRODUCT_EVERY === 0) found.push(...(await goOn(left)));
          problems.push(...found.map((text) => `at ${moment}${luck ? ' with luck' : ''}: ${text}`));
          await rm(left, { recursive: true });
        }
      }
      expect(problems).toEqual([]);
    },
    isFull ? 1_800_000 : 120_000,
  );

  it('is counted', () => counted.print('each on a disk that holds what was synced at that moment', known));
});

/** Where in the recording the calls were sent and answered. */
function placed(answers: readonly { id: string; text: string }[], { said }: DiskRecorder, port: string): Traced[] {
  return answers.map(({ id, text }) => {
    const sayings = said.filter(({ bytes }) => bytes.includes(text));
    const toCaller = (to: string): boolean => to.includes(`:${port}->`);
    const sent = sayings.find(({ to }) => !toCaller(to));
    const answer = sayings.find(({ to }) => toCaller(to));
    if (!sent || !answer?.bytes.includes(id)) throw new Error(`${text} is not in the recording.`);
    return { id, text, sentAt: sent.began, answeredAt: answer.began };
  });
}

/** Half of them are the worst there are, just after an answer; the others are any time from the first answer on. */
function momentsIn(calls: readonly Traced[], { events }: DiskRecorder, random: () => number): number[] {
  const answers = calls.map(({ answeredAt }) => answeredAt);
  const first = Math.min(...answers);
  const later = events.map(({ ended }) => ended).filter((line) => line > first);
  return [answers, later].flatMap((moments) => sampleOf(moments, MOMENTS / 2, random));
}

/** What `audit:verify` finds wrong. */
async function verdictOn(dataDir: string): Promise<string[]> {
  const env = { ...process.env, GATEHOUSE_DATA_DIR: dataDir, DATABASE_URL: '' };
  const told = await run(process.execPath, ['dist/app/server/src/audit-verify.js'], { env }).catch((error: unknown) => {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return { stdout: stdout + stderr };
  });
  return /^The record is what was written\.$/m.test(told.stdout) ? [] : [told.stdout];
}

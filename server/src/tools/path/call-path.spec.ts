import type { CallJournal } from '../../audit/index.js';
import { limitsWith, somebody } from '../../limits/limits.fixture.js';
import { Clock, InProcessEventBus, Metrics, Scrubber } from '../../platform/index.js';
import { MemoryAnswerStore } from '../cache/answer-store.js';
import { ResultCache } from '../cache/result-cache.js';
import type { AccessGate } from './access-gate.js';
import { CallLimiter } from './call-limiter.js';
import { CallPath } from './call-path.js';
import type { CallPlan } from './call-plan.js';
import { ResultFilter } from './result-filter.js';

const CALLS_AT_ONCE = 10;

/** A path whose records of outcomes wait until they are released. */
async function pathWithHeldOutcomes() {
  let release: () => void = () => undefined;
  const released = new Promise<void>((open) => (release = open));
  const access: Pick<AccessGate, 'check'> = { check: () => undefined };
  const journal: Pick<CallJournal, 'begin' | 'finish'> = { begin: () => Promise.resolve('id'), finish: () => released };
  const path = new CallPath(
    access as AccessGate,
    new CallLimiter((await limitsWith([])).gate),
    journal as CallJournal,
    new ResultCache(new MemoryAnswerStore(() => 0), new InProcessEventBus(), new Metrics()),
    new ResultFilter(new Scrubber()),
    new Clock(),
  );
  return { path, release };
}

const planThat = (send: () => void): CallPlan<string> =>
  ({
    origin: { door: 'mcp', principal: somebody('li') },
    object: { serviceId: 'weather', want: { tool: 'forecast' } },
    service: { id: 'weather', name: 'Weather', config: {} },
    label: 'forecast',
    send: () => {
      send();
      return Promise.resolve('fine');
    },
  }) as unknown as CallPlan<string>;

describe('CallPath', () => {
  it('holds the places of a call for as long as its service works, not while the outcome is written', async () => {
    const { path, release } = await pathWithHeldOutcomes();
    const earlier = Array.from({ length: CALLS_AT_ONCE }, () => path.run(planThat(() => undefined)));
    let later: Promise<unknown> | undefined;
    await new Promise<void>((sent) => {
      later = path.run(planThat(sent));
    });
    release();
    expect(await Promise.all([...earlier, later])).toHaveLength(CALLS_AT_ONCE + 1);
  });

  it('does not answer before the outcome is on record', async () => {
    const { path, release } = await pathWithHeldOutcomes();
    let isAnswered = false;
    const call = path.run(planThat(() => undefined)).then(() => (isAnswered = true));
    await new Promise((done) => setImmediate(done));
    expect(isAnswered).toBe(false);
    release();
    await call;
  });
});

import { waitFor } from '@gatehouse/testing';
import { AppError } from '../../platform/index.js';
import { InputRequired } from '../dialogue.js';
import { Breaker } from './breaker.js';

const SETTINGS = { failures: 5, outcomes: 10, withinMs: 60_000, open: { firstMs: 60_000, maxMs: 60_000 } };
const BRIEF = { ...SETTINGS, open: { firstMs: 20, maxMs: 20 } };

const failure = (code: ConstructorParameters<typeof AppError>[0] = 'upstream_lost', cause = 'ECONNRESET') =>
  new AppError(code, { details: { service: 'Wiki', cause, seconds: 7 } });

describe('the breaker of a service', () => {
  const changes: string[] = [];
  const make = (settings = SETTINGS): Breaker => {
    const breaker: Breaker = new Breaker(
      () => 'Wiki',
      settings,
      () => void changes.push(breaker.state),
    );
    return breaker;
  };
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'fine',
      (error: unknown) => (error instanceof AppError ? error.code : String(error)),
    );
  const fail = (breaker: Breaker, error: () => unknown = failure, mayJudge = true) =>
    codeOf(breaker.run(() => Promise.reject(error() as Error), mayJudge));
  const repeat = async (times: number, deed: () => Promise<unknown>): Promise<void> => {
    for (let each = 0; each < times; each += 1) await deed();
  };

  beforeEach(() => void (changes.length = 0));

  it('opens at the fifth failure of ten, and then sends nothing', async () => {
    const breaker = make();
    await repeat(4, () => fail(breaker));
    await repeat(5, () => breaker.run(() => Promise.resolve()));
    expect(breaker.state).toBe('closed');
    await fail(breaker);
    expect([breaker.state, changes]).toEqual(['open', ['open']]);
    let sent = 0;
    const refused: unknown = await breaker.run(async () => (sent += 1)).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'upstream_unavailable', details: { service: 'Wiki', cause: 'ECONNRESET' } });
    const seconds = Number((refused as AppError).details['seconds']);
    expect([sent, seconds >= 30 && seconds <= 60]).toEqual([0, true]);
  });

  it('forgets failures that ten other outcomes lie behind', async () => {
    const breaker = make();
    await repeat(4, () => fail(breaker));
    await repeat(10, () => breaker.run(() => Promise.resolve()));
    await fail(breaker);
    expect(breaker.state).toBe('closed');
  });

  it.each([
    ['an error that the service answers with', () => failure('upstream_error')],
    ['a refusal of our credentials', () => failure('upstream_unauthorised')],
    ['a caller who leaves', () => failure('call_cancelled')],
    ['a question', () => new InputRequired({}, undefined)],
    ['a wait in a line of ours', () => failure('upstream_unreachable', 'ETIMEDOUT')],
  ])('is not opened by %s', async (_what, error) => {
    const breaker = make();
    await repeat(20, () => fail(breaker, error));
    expect(breaker.state).toBe('closed');
  });

  it('is not opened by callers who allow less time than the service has', async () => {
    const breaker = make();
    const late = () => failure('upstream_timeout', '');
    await repeat(20, () => fail(breaker, late, false));
    expect(breaker.state).toBe('closed');
    await repeat(5, () => fail(breaker, late));
    expect(breaker.state).toBe('open');
  });

  it('counts one failed connection once, however many waited for it', async () => {
    const breaker = make();
    const shared = failure('upstream_unreachable', 'ECONNREFUSED');
    await repeat(30, () => fail(breaker, () => shared));
    expect(breaker.state).toBe('closed');
  });

  it('lets exactly one call probe, and closes when it works', async () => {
    const breaker = make(BRIEF);
    await repeat(5, () => fail(breaker));
    const probe = Promise.withResolvers<string>();
    let sent = 0;
    const work = () => ((sent += 1), probe.promise);
    const first = await waitFor('the probe to be let through', async () => {
      const running = codeOf(breaker.run(work));
      return (breaker.state === 'half-open' && { running }) || (await running, false);
    });
    expect(await Promise.all(Array.from({ length: 20 }, () => codeOf(breaker.run(work))))).toEqual(
      Array.from({ length: 20 }, () => 'upstream_unavailable'),
    );
    expect(sent).toBe(1);
    probe.resolve('works');
    expect([await first.running, breaker.state]).toEqual(['fine', 'closed']);
  });

  it('stays open when the probe fails, or its caller leaves', async () => {
    for (const code of ['upstream_lost', 'call_cancelled'] as const) {
      const breaker = make(BRIEF);
      await repeat(5, () => fail(breaker));
      await waitFor('the probe', async () => (await fail(breaker, () => failure(code))) === code);
      expect(breaker.state).toBe('open');
    }
  });

  it('keeps to the pause that a service asks for, but no longer than a minute', async () => {
    const breaker = make();
    const busy = new AppError('upstream_busy', { details: { service: 'Wiki', seconds: 1e9 } });
    expect(await fail(breaker, () => busy)).toBe('upstream_busy');
    const refused: unknown = await breaker.run(() => Promise.resolve()).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'upstream_busy', details: { seconds: 60 } });
    expect(breaker.state).toBe('closed');
  });

  it('is closed again when the service was reached anew', async () => {
    const breaker = make();
    await repeat(5, () => fail(breaker));
    breaker.reset();
    expect([breaker.state, changes]).toEqual(['closed', ['open', 'closed']]);
    expect(await breaker.run(() => Promise.resolve('works'))).toBe('works');
  });
});

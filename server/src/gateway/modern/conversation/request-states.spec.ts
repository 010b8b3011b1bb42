import { randomBytes } from 'node:crypto';
import { Clock, SecretBox } from '../../../platform/index.js';
import { RequestStates, STATE_LIFETIME_MS, StateRefused, type Binding } from './request-states.js';
import { UsedStatesInMemory } from './used-states.js';

class HeldClock extends Clock {
  ms = 1_000_000;

  override now(): Date {
    return new Date(this.ms);
  }
}

const newBox = (): SecretBox => new SecretBox({ current: 'k1', keys: new Map([['k1', randomBytes(32)]]) });

const BINDING: Binding = {
  userId: 'ann',
  credential: 'api-key:1',
  endpoint: 'all',
  method: 'tools/call',
  service: 'svc',
  name: 'ask',
  argumentsDigest: 'abc',
};

describe('a request state', () => {
  const clock = new HeldClock();
  const box = newBox();
  const states = new RequestStates(box, new UsedStatesInMemory(clock), clock);
  const issue = (): string => states.issue(BINDING, { kind: 'relay', serviceState: 'inner secret' }, ['name']);
  const refusal = async (attempt: Promise<unknown>): Promise<string> => {
    const error = await attempt.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(StateRefused);
    return (error as StateRefused).reason;
  };

  it('comes back as it was given', async () => {
    expect(await states.redeem(issue(), BINDING)).toMatchObject({
      binding: BINDING,
      errand: { kind: 'relay', serviceState: 'inner secret' },
      keys: ['name'],
    });
  });

  it('shows nothing of itself, and is never the same twice', () => {
    const state = issue();
    expect(Buffer.from(state.split('.').at(-1) ?? '', 'base64url').toString('latin1')).not.toContain('inner secret');
    expect(issue()).not.toBe(state);
  });

  it.each(Object.keys(BINDING) as (keyof Binding)[])(
    'is refused with another %s, and not used up by it',
    async (part) => {
      const state = issue();
      expect(await refusal(states.redeem(state, { ...BINDING, [part]: 'other' }))).toBe(part);
      await expect(states.redeem(state, BINDING)).resolves.toBeDefined();
    },
  );

  it.each<[string, (state: string) => string]>([
    ['cut short', (state) => state.slice(0, -4)],
    ['longer', (state) => `${state}-TAMPERED`],
    ['changed in the middle', (state) => flipped(state, Math.floor(state.length * 0.7))],
    [
      'sealed by somebody else',
      () => new RequestStates(newBox(), new UsedStatesInMemory(clock), clock).issue(BINDING, { kind: 'again' }, []),
    ],
    ['sealed by us for something else', () => box.seal(JSON.stringify({ binding: BINDING }), 'mcp_service:1:auth')],
    ['plain', () => JSON.stringify({ binding: BINDING, expiresAtMs: Number.MAX_SAFE_INTEGER })],
    ['empty', () => ''],
  ])('is refused when it is %s', async (_, alter) => {
    expect(await refusal(states.redeem(alter(issue()), BINDING))).toBe('altered');
  });

  it('is good for one retry, also of two at the same moment', async () => {
    const state = issue();
    const both = await Promise.allSettled([states.redeem(state, BINDING), states.redeem(state, BINDING)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await refusal(states.redeem(state, BINDING))).toBe('used');
  });

  it('expires', async () => {
    const state = issue();
    const other = issue();
    clock.ms += STATE_LIFETIME_MS - 1;
    await expect(states.redeem(state, BINDING)).resolves.toBeDefined();
    clock.ms += 1;
    expect(await refusal(states.redeem(other, BINDING))).toBe('expired');
  });
});

/** Another letter of the alphabet, with other leading bits. */
const flipped = (text: string, at: number): string =>
  text.slice(0, at) + (text[at] === 'A' ? 'z' : 'A') + text.slice(at + 1);

import { FAULTY_STDIO_SERVER_FILE } from '@gatehouse/testing';
import { aManager, aService, aTool } from '../clients.fixture.js';

const ID = 'faulty';
const text = (result: { content?: unknown }) => (result.content as { text: string }[])[0]?.text;

describe('a local command that misbehaves', () => {
  let world: ReturnType<typeof aManager>;

  beforeAll(async () => {
    world = aManager();
    const config = { connect: 'on-demand' as const, command: process.execPath, args: [FAULTY_STDIO_SERVER_FILE] };
    world.definitions.put(aService({ id: ID, type: 'stdio', config: { ...config, cwd: process.cwd() } }));
    await world.manager.connect(ID, 30_000);
  });
  afterAll(() => world.end());

  const verdictOn = (name: string, timeoutMs = 20_000) =>
    world.manager
      .callTool(ID, aTool(name), {}, { timeoutMs })
      .then(text, (error: unknown) => (error as { code?: unknown }).code);

  it.each([
    ['wrong-id', 'upstream_timeout'],
    ['answers-twice', 'first'],
    ['answers-before-asked', 'fine'],
    ['silent', 'upstream_timeout'],
    ['hundred-mb-line', 'output_too_large'],
    ['deep-line', 'upstream_protocol'],
    ['key-rich-line', 'upstream_protocol'],
    ['bracket-noise', 'fine'],
    ['notification-flood', 'fine'],
    ['garbage', 'fine'],
  ])('%s: harms that call only', async (fault, verdict) => {
    const bad = verdictOn(fault, verdict === 'upstream_timeout' ? 500 : 20_000);
    expect(await bad).toBe(verdict);
    expect(await verdictOn('well-behaved')).toBe('fine');
  });

  it('half an answer and no process: says that the effect is unknown', async () => {
    expect(await verdictOn('half-an-answer-then-exit')).toBe('upstream_lost');
  });
});

import { startFakeLlm, type LlmMessage, type LlmScript, type RunningFakeLlm } from './fake-llm.ts';

const SCRIPTS: LlmScript[] = [
  {
    when: 'weather',
    turns: [{ toolCalls: [{ name: 'weather', arguments: { city: 'Bern' } }] }, { words: ['It ', 'is ', 'sunny.'] }],
  },
  { when: 'busy', turns: [{ fault: 429 }] },
  { when: 'broken', turns: [{ fault: 'half-stream', words: ['never ', 'ends ', 'well ', 'here'] }] },
];

describe('the scripted model', () => {
  let fake: RunningFakeLlm;
  beforeAll(async () => void (fake = await startFakeLlm(SCRIPTS)));
  afterAll(() => fake.close());

  const ask = (messages: LlmMessage[], stream = false) =>
    fetch(`${fake.baseUrl}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer key' },
      body: JSON.stringify({ model: 'fake-model', messages, stream }),
    });
  const question: LlmMessage = { role: 'user', content: 'what is the weather?' };

  it('calls the tool first and answers once its result is in the conversation', async () => {
    const first = await (await ask([question])).json();
    expect(first).toMatchObject({
      choices: [{ finish_reason: 'tool_calls', message: { tool_calls: [{ function: { name: 'weather' } }] } }],
    });
    const second = await (
      await ask([question, { role: 'assistant', content: null }, { role: 'tool', content: 'sunny' }])
    ).json();
    expect(second).toMatchObject({ choices: [{ finish_reason: 'stop', message: { content: 'It is sunny.' } }] });
    expect(fake.requests.at(-1)?.messages).toHaveLength(3);
    expect(fake.authorizations.at(-1)).toBe('Bearer key');
  });

  it('streams word by word and says when it is done', async () => {
    const body = await (await ask([question, { role: 'assistant', content: null }], true)).text();
    expect(body.match(/"content":"\w/g)).toHaveLength(3);
    expect(body.trimEnd().endsWith('data: [DONE]')).toBe(true);
  });

  it('fails as it was told to', async () => {
    expect((await ask([{ role: 'user', content: 'busy' }])).status).toBe(429);
    const half = await ask([{ role: 'user', content: 'broken' }], true);
    await expect(half.text()).rejects.toThrow();
  });
});

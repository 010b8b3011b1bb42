import { freePort, startFakeLlm, type RunningFakeLlm } from '@gatehouse/testing';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generateText } from 'ai';
import { AddressPolicy, Egress } from '../platform/index.js';
import { LanguageModels } from './language-models.js';
import type { LlmKind } from './llm-kind.js';
import type { ModelCatalogue } from './model-catalogue.js';
import { modelFailure } from './model-failure.js';

const NO_MODELS = { find: () => undefined, default: () => undefined } as unknown as ModelCatalogue;

describe('language models', () => {
  let fake: RunningFakeLlm;
  const egress = new Egress(new AddressPolicy(['loopback']));
  const models = new LanguageModels(NO_MODELS, egress);
  beforeAll(async () => {
    fake = await startFakeLlm([
      { when: 'ready', turns: [{ words: ['ready'] }] },
      { when: 'busy', turns: [{ fault: 429 }] },
      { when: 'broken', turns: [{ fault: 500 }] },
    ]);
  });
  afterAll(async () => {
    await fake.close();
    await egress.onApplicationShutdown();
  });

  const ask = async (
    prompt: string,
    entry: { kind?: LlmKind; baseUrl?: string; apiKey?: string } = {},
    from = models,
  ) =>
    generateText({
      model: await from.open({
        kind: 'openai-compatible',
        baseUrl: fake.baseUrl,
        apiKey: undefined,
        model: 'fake-model',
        ...entry,
      }),
      prompt,
      maxRetries: 0,
    });
  const failure = async (...args: Parameters<typeof ask>) => {
    const thrown: unknown = await ask(...args).then(
      () => undefined,
      (error: unknown) => error,
    );
    return modelFailure(thrown);
  };

  it('sends the key as a bearer token, and none where there is none', async () => {
    expect((await ask('ready?', { apiKey: 'sk-1' })).text).toBe('ready');
    expect(fake.authorizations.at(-1)).toBe('Bearer sk-1');
    await ask('ready?');
    expect(fake.authorizations.at(-1)).toBeUndefined();
  });

  it('takes no key for Anthropic from the environment of this process', async () => {
    const seen: IncomingHttpHeaders[] = [];
    const server = createServer((request, response) => {
      seen.push(request.headers);
      response.writeHead(401).end();
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    process.env['ANTHROPIC_API_KEY'] = 'sk-of-somebody-else';
    const refused = await failure('ready?', { kind: 'anthropic', baseUrl });
    delete process.env['ANTHROPIC_API_KEY'];
    server.close();
    expect(seen).toHaveLength(1);
    expect(JSON.stringify(seen)).not.toContain('somebody-else');
    expect(refused.details['cause']).toBe('HTTP 401 (the API key was refused)');
  });

  it('reaches no address that the operator has not allowed', async () => {
    const closed = new Egress(new AddressPolicy([]));
    const refused = await failure('ready?', {}, new LanguageModels(NO_MODELS, closed));
    expect(refused.code).toBe('egress_refused');
    await closed.onApplicationShutdown();
  });

  it.each([
    ['busy', /HTTP 429 \(its rate limit/],
    ['broken', /HTTP 500/],
  ])('says why it got no answer when the provider is %s', async (prompt, cause) => {
    expect((await failure(prompt)).details['cause']).toMatch(cause);
  });

  it('says that nothing listens there', async () => {
    const { message } = await failure('ready?', { baseUrl: `http://127.0.0.1:${await freePort()}/v1` });
    expect(message).toBe('The language model does not answer: connection refused.');
  });

  it('points to the base URL when the path is wrong', async () => {
    const refused = await failure('ready?', { baseUrl: fake.baseUrl.replace('/v1', '') });
    expect(refused.details['cause']).toMatch(/HTTP 404.*\/v1/);
  });

  it('says that none is configured', async () => {
    await expect(models.get(null)).rejects.toThrow(expect.objectContaining({ code: 'model_not_configured' }));
  });
});

import { readFileSync } from 'node:fs';
import type { CallToolResult } from '@modelcontextprotocol/client';
import { waitFor } from '@gatehouse/testing';
import {
  ROOTS,
  SAMPLED,
  TranslationGround,
  UPSTREAMS,
  connectTalking,
  jsonOf,
  textOf,
  type Era,
  type Listener,
  type TalkingClient,
  type Upstream,
} from './spec/translation-cells.js';

const DOCS = new URL('../../../docs/translation.md', import.meta.url);

/** One client and one service. */
interface Cell extends Upstream {
  readonly clientEra: Era;
  readonly client: TalkingClient['client'];
  readonly heard: Listener;
  /** The same person's client, which can be asked nothing. */
  readonly mute: TalkingClient['client'];
  call(
    tool: string,
    args?: Record<string, unknown>,
    options?: object,
    meta?: Record<string, unknown>,
  ): Promise<CallToolResult>;
}

/** Each row of the table in the documentation, by its first column. */
const ROWS: Record<string, (cell: Cell) => Promise<void>> = {
  'Tools, in pages': async ({ client, slug }) => {
    const { tools, nextCursor } = await client.listTools();
    expect(nextCursor).toBeUndefined();
    const own = tools.filter(({ name }) => name.startsWith(`${slug}__`)).map(({ name }) => name.split('__')[1]);
    expect(own).toEqual(expect.arrayContaining(['echo', 'add', 'ask_twice', 'contents', 'whoami']));
    expect(new Set(own).size).toBe(own.length);
  },
  'Titles, annotations, icons, schemas, `_meta` of definitions': async ({ client, slug }) => {
    const { tools } = await client.listTools();
    expect(tools.find(({ name }) => name === `${slug}__decorated`)).toMatchObject({
      title: 'Decorated',
      outputSchema: { type: 'object', properties: { n: { type: 'number' } } },
      annotations: { title: 'Decorated', readOnlyHint: true, idempotentHint: true },
      icons: [{ mimeType: 'image/png', sizes: ['16x16'] }],
      _meta: { 'example.com/of-tool': ['kept'] },
    });
  },
  'Text, images, audio, embedded resources, links': async ({ call, slug }) => {
    const { content, _meta } = await call('contents');
    expect(content).toEqual([
      {
        type: 'text',
        text: 'words',
        annotations: { audience: ['user'], priority: 0.7 },
        _meta: { 'example.com/of-block': 1 },
      },
      { type: 'image', data: 'AAECAw==', mimeType: 'image/png' },
      { type: 'audio', data: 'AAECAw==', mimeType: 'audio/wav' },
      {
        type: 'resource',
        resource: { uri: `gatehouse://${slug}/fake://text`, mimeType: 'text/plain', text: 'some text' },
      },
      expect.objectContaining({ type: 'resource_link', uri: `gatehouse://${slug}/fake://binary`, title: 'Binary' }),
    ]);
    expect(_meta).toMatchObject({ 'example.com/of-result': { kept: true } });
  },
  'Structured content, an object': async ({ call }) => {
    expect((await call('structured', { city: 'Bern' })).structuredContent).toEqual({ city: 'Bern', celsius: 21 });
  },
  'Structured content of another kind': async ({ call, era, clientEra }) => {
    const { structuredContent, content } = await call('list_of_numbers');
    if (era === 'legacy') expect(structuredContent).toEqual({ numbers: [1, 2, 3] });
    else expect(structuredContent).toEqual(clientEra === 'modern' ? [1, 2, 3] : { result: [1, 2, 3] });
    expect(content).toHaveLength(1);
  },
  'A tool’s own failure': async ({ call }) => {
    expect(await call('fail')).toMatchObject({ isError: true, content: [{ text: 'this tool always fails' }] });
  },
  'An error of the service': async ({ call }) => {
    await expect(call('upstream_error')).rejects.toMatchObject({ code: 502, data: { code: 'upstream_error' } });
  },
  'Resources and templates': async ({ client, slug }) => {
    const { resources } = await client.listResources();
    const uri = `gatehouse://${slug}/fake://text`;
    expect(resources.find((each) => each.uri === uri)).toMatchObject({ name: 'text', title: 'A text' });
    const { resourceTemplates } = await client.listResourceTemplates();
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toContain(
      `gatehouse://${slug}/fake://greeting/{name}`,
    );
    expect((await client.readResource({ uri })).contents).toEqual([{ uri, mimeType: 'text/plain', text: 'some text' }]);
    const greeted = await client.readResource({ uri: `gatehouse://${slug}/fake://greeting/Ada%20L` });
    expect(greeted.contents[0]).toMatchObject({ text: 'Hello, Ada L!' });
    const binary = await client.readResource({ uri: `gatehouse://${slug}/fake://binary` });
    expect(binary.contents[0]).toMatchObject({ blob: 'AAECAw==' });
  },
  'A resource that is not there': async ({ client, slug }) => {
    await expect(client.readResource({ uri: `gatehouse://${slug}/fake://nowhere` })).rejects.toMatchObject({
      code: -32602,
    });
  },
  Prompts: async ({ client, slug }) => {
    const { prompts } = await client.listPrompts();
    expect(prompts.find(({ name }) => name === `${slug}__hello`)).toMatchObject({
      title: 'Hello',
      arguments: [{ name: 'name', required: true }],
    });
    const { messages } = await client.getPrompt({ name: `${slug}__hello`, arguments: { name: 'Ada' } });
    expect(messages).toEqual([{ role: 'user', content: { type: 'text', text: 'Say hello to Ada.' } }]);
  },
  Completion: async ({ client, slug }) => {
    const argument = { name: 'name', value: 'a' };
    const ofPrompt = await client.complete({ ref: { type: 'ref/prompt', name: `${slug}__hello` }, argument });
    const uri = `gatehouse://${slug}/fake://greeting/{name}`;
    const ofTemplate = await client.complete({ ref: { type: 'ref/resource', uri }, argument });
    expect([ofPrompt, ofTemplate].map(({ completion }) => completion.values)).toEqual([
      ['Ada', 'Alan'],
      ['Ada', 'Alan'],
    ]);
  },
  Progress: async ({ call }) => {
    const heard: (number | undefined)[] = [];
    const onprogress = ({ progress, total }: { progress: number; total?: number }) => heard.push(progress, total);
    await call('progress', { steps: 2 }, { onprogress });
    expect(heard).toEqual([1, 2, 2, 2]);
  },
  'Log messages': async ({ call, heard, clientEra, client }) => {
    heard.logs.length = 0;
    const meta = { 'io.modelcontextprotocol/logLevel': 'info' };
    if (clientEra === 'legacy') await client.setLoggingLevel('info');
    const word = crypto.randomUUID();
    await call('log', { word }, {}, clientEra === 'modern' ? meta : undefined);
    await waitFor('the messages', () => heard.logs.filter(({ data }) => isOf(data, word)).length === 2);
    expect(heard.logs.filter(({ data }) => isOf(data, word)).map(({ level }) => level)).toEqual(['info', 'error']);
  },
  'Changed lists': async ({ call, client, clientEra, heard }) => {
    const stream = clientEra === 'modern' ? await client.listen({ toolsListChanged: true }) : undefined;
    heard.changed.length = 0;
    await call('toggle_tools');
    await waitFor('the change', () => heard.changed.includes('tools'));
    await stream?.close();
  },
  'Resource subscriptions': async ({ call, client, clientEra, heard, slug }) => {
    const uri = `gatehouse://${slug}/fake://text`;
    heard.updated.length = 0;
    const stream = clientEra === 'modern' ? await client.listen({ resourceSubscriptions: [uri] }) : undefined;
    if (clientEra === 'legacy') await client.subscribeResource({ uri });
    await waitFor('the change', async () => {
      await call('touch', { uri: 'fake://text' });
      return heard.updated.includes(uri);
    });
    if (clientEra === 'legacy') await client.unsubscribeResource({ uri });
    await stream?.close();
  },
  'Questions to the person, as a form': async ({ call, heard }) => {
    heard.asked.length = 0;
    const answer = jsonOf(await call('ask_form', { message: '你是谁？' }));
    expect(answer).toMatchObject({ action: 'accept', content: { name: 'Grace' } });
    expect(heard.asked).toEqual([
      {
        method: 'elicitation/create',
        params: expect.objectContaining({
          message: '你是谁？',
          requestedSchema: expect.objectContaining({
            properties: { name: expect.objectContaining({ default: 'Ada' }) },
          }),
        }),
      },
    ]);
  },
  'A person who declines': async ({ call, heard }) => {
    const before = heard.elicited;
    heard.elicited = { action: 'decline' };
    expect(jsonOf(await call('ask_form', { message: 'name?' }))).toMatchObject({ action: 'decline' });
    heard.elicited = before;
  },
  'Questions to the person, as a page': async ({ call, heard }) => {
    heard.asked.length = 0;
    const before = heard.elicited;
    heard.elicited = { action: 'accept' };
    expect(jsonOf(await call('ask_url', { url: 'https://sign-in.example.com/a?b=c' }))).toMatchObject({
      action: 'accept',
    });
    heard.elicited = before;
    expect(heard.asked[0]?.params).toMatchObject({ mode: 'url', url: 'https://sign-in.example.com/a?b=c' });
  },
  'Questions one after the other': async ({ call, heard }) => {
    heard.asked.length = 0;
    expect(textOf(await call('ask_twice'))).toBe('Grace and Grace');
    expect(heard.asked.map(({ params }) => params.message)).toEqual(['first', 'second']);
  },
  'Questions to the model': async ({ call }) => {
    expect(jsonOf(await call('ask_model', { prompt: 'say it' }))).toMatchObject({ ...SAMPLED });
  },
  'Questions for roots': async ({ call }) => {
    expect(jsonOf(await call('ask_roots'))).toMatchObject({ roots: ROOTS });
  },
  'Questions that the client cannot answer': async ({ mute, slug, clientEra, era }) => {
    const call = mute.callTool({ name: `${slug}__ask_model`, arguments: { prompt: 'x' } });
    const outcome = await call.then(
      (result) => ({ isError: result.isError, code: undefined, data: undefined }),
      ({ code, data }: { code: number; data: object }) => ({ isError: false, code, data }),
    );
    if (outcome.isError) return;
    expect(outcome).toMatchObject(
      clientEra === 'modern' && outcome.code === -32021
        ? { code: -32021, data: { requiredCapabilities: { sampling: {} } } }
        : { code: expect.any(Number), data: { code: expect.any(String), remedy: expect.any(String) } },
    );
    expect(era).toMatch(/modern|legacy/);
  },
  '`_meta` of requests': async ({ call }) => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const meta = jsonOf(await call('meta', {}, {}, { 'example.com/of-request': 'kept', traceparent }));
    expect(meta).toMatchObject({ 'example.com/of-request': 'kept', traceparent });
    expect(JSON.stringify(meta)).not.toContain('translation-spec');
  },
  Instructions: async ({ client, slug }) => {
    expect(client.getInstructions()).toContain(slug);
    expect(client.getInstructions()).toContain('A service for tests.');
  },
  Cancellation: async ({ call, slug }) => {
    const cancel = new AbortController();
    const pending = call('silent', {}, { signal: cancel.signal });
    pending.catch(() => undefined);
    const record = async (status: string): Promise<boolean> => {
      const query = `limit=1&tool=silent&serviceId=${ground.idOf(slug)}`;
      const { items } = await ground.product.owner.call<{ items: { status: string }[] }>(
        'GET',
        `/api/audit/calls?${query}`,
      );
      return items[0]?.status === status;
    };
    await waitFor('the call to be under way', () => record('running'));
    cancel.abort();
    await expect(pending).rejects.toThrow();
    await waitFor('the record to say so', () => record('cancelled'));
  },
};

const isOf = (data: unknown, word: string): boolean => (data as { word?: string } | null)?.word === word;

let ground: TranslationGround;
const talking = {} as Record<Era, TalkingClient>;
const mute = {} as Record<Era, TalkingClient>;

describe('between clients and services of both eras', () => {
  beforeAll(async () => {
    ground = await TranslationGround.start();
    for (const era of ['modern', 'legacy'] as const) {
      talking[era] = await connectTalking(ground.product.url, ground.ann.key, era);
      mute[era] = await connectTalking(ground.product.url, ground.ann.key, era, false);
    }
  });

  afterAll(async () => {
    await Promise.all([...Object.values(talking), ...Object.values(mute)].map(({ client }) => client.close()));
    await ground.stop();
  });

  it('the documentation and this spec have the same rows', () => {
    const rows = readFileSync(DOCS, 'utf8')
      .split('\n')
      .flatMap((line) => /^\| (?!What|---)(.+?) +\|/.exec(line)?.[1] ?? []);
    expect(rows.filter((row) => !row.startsWith('↗')).sort()).toEqual(Object.keys(ROWS).sort());
  });

  // Cancellation last: what a service on one pipe does not answer leaves it unclear whose its later questions are.
  const rounds = [
    Object.entries(ROWS).filter(([row]) => row !== 'Cancellation'),
    [['Cancellation', ROWS.Cancellation]],
  ];

  describe.each(rounds.map((rows) => ({ rows })))('', ({ rows }) => {
    describe.each(['modern', 'legacy'] as const)('a %s client', (clientEra) => {
      describe.each(UPSTREAMS)('and a $era service by $transport', (upstream) => {
        it.each(rows as [string, (typeof ROWS)[string]][])('%s', async (_, proves) => {
          const { client, heard } = talking[clientEra];
          const call: Cell['call'] = (tool, args = {}, options = {}, meta = undefined) =>
            client.callTool(
              { name: `${upstream.slug}__${tool}`, arguments: args, ...(meta && { _meta: meta }) },
              options,
            );
          await proves({ ...upstream, clientEra, client, heard, mute: mute[clientEra].client, call });
        });
      });
    });
  });
});

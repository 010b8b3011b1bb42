import {
  inputRequired,
  inputResponse,
  MissingRequiredClientCapabilityError,
  UrlElicitationRequiredError,
  type CallToolResult,
  type InputRequiredResult,
  type InputRequest,
  type LoggingLevel,
  type Server,
  type ServerContext,
  type Tool,
} from '@modelcontextprotocol/server';
import type { FakeMcpState } from './options.ts';

type Answer = CallToolResult | InputRequiredResult;

/** One call of a tool that talks to the client of its caller. */
interface Talk {
  readonly args: Record<string, unknown>;
  readonly context: ServerContext;
  readonly server: Server;
  readonly state: FakeMcpState;
  readonly modern: boolean;
}

type AskingTool = (talk: Talk) => Answer | Promise<Answer>;

const text = (value: string): CallToolResult => ({ content: [{ type: 'text', text: value }] });

const form = (message: string): InputRequest =>
  inputRequired.elicit({
    message,
    requestedSchema: { type: 'object', properties: { answer: { type: 'string' } }, required: ['answer'] },
  });

const sample = (prompt: string): InputRequest =>
  inputRequired.createMessage({ messages: [{ role: 'user', content: { type: 'text', text: prompt } }], maxTokens: 10 });

/** Only legacy addresses have ids. */
const link = (url: string, modern: boolean): InputRequest => {
  const params = { mode: 'url', url, message: 'Open it' };
  return {
    method: 'elicitation/create',
    params: modern ? params : { ...params, elicitationId: `id of ${url}` },
  } as InputRequest;
};

/** Asks in the way of the era and tells what came back, beside what was asked. */
async function told({ context, modern }: Talk, label: string, request: InputRequest): Promise<Answer> {
  if (!modern) return text(`${label}: ${JSON.stringify(await context.mcpReq.send(request as never))}`);
  const answer = inputResponse(context.mcpReq.inputResponses, 'it');
  if (answer.kind === 'missing') return inputRequired({ inputRequests: { it: request } });
  const given: Record<string, unknown> = context.mcpReq.inputResponses ?? {};
  return text(`${label}: ${JSON.stringify(given['it'])}`);
}

/** Two rounds, of which the second wants the state of the first back, byte for byte. */
async function twice(talk: Talk): Promise<Answer> {
  const { context, modern } = talk;
  if (!modern) {
    const first = await context.mcpReq.send(form('first') as never);
    return text(JSON.stringify([first, await context.mcpReq.send(form('second') as never)]));
  }
  const state = context.mcpReq.requestState<string>();
  if (state === undefined) return inputRequired({ inputRequests: { one: form('first') }, requestState: STATE });
  if (state !== STATE && state !== `${STATE}2`) throw Object.assign(new Error(`bad state`), { code: -32602 });
  const given = JSON.stringify(context.mcpReq.inputResponses);
  if (state === STATE) return inputRequired({ inputRequests: { two: form(given) }, requestState: `${STATE}2` });
  return text(given);
}

/** Nothing that survives being parsed, trimmed or decoded by whoever carries it. */
const STATE = ' {"n":1.0}\t=?base64?4pyT?= \u00e9\u2028';

const TOOLS: Record<string, AskingTool> = {
  ask: (talk) => told(talk, String(talk.args['question']), form(String(talk.args['question']))),
  /** Not on the stream of its call. */
  ask_aside: async ({ server, args }) => {
    const { params } = form(String(args['question']));
    return text(`${String(args['question'])}: ${JSON.stringify(await server.elicitInput(params as never))}`);
  },
  /** Ends the stream of its call first; the question waits for whoever resumes it. */
  ask_resumed: (talk) => {
    talk.context.http?.closeSSE?.();
    return told(talk, String(talk.args['question']), form(String(talk.args['question'])));
  },
  /** Asks when the test says so, whatever became of its call. */
  ask_late: async (talk) => {
    await talk.state.released;
    return told(talk, 'late', form(String(talk.args['question'])));
  },
  ask_twice: twice,
  ask_often: async ({ context, args }) => {
    for (let each = 1; each <= Number(args['times']); each += 1) await context.mcpReq.send(form(`${each}`) as never);
    return text('asked enough');
  },
  ask_forever: () => inputRequired({ inputRequests: { it: form('again') } }),
  ask_link: (talk) => told(talk, 'link', link(String(talk.args['url']), talk.modern)),
  sample: (talk) => told(talk, 'sample', sample(String(talk.args['prompt']))),
  roots: (talk) => told(talk, 'roots', inputRequired.listRoots()),
  /** Wants to be asked again, and gives nothing but a state to come back with. */
  come_back: ({ context }) =>
    context.mcpReq.requestState<string>() === STATE ? text('you came back') : inputRequired({ requestState: STATE }),
  link_first: ({ args }) => {
    const url = String(args['url']);
    throw new UrlElicitationRequiredError([{ mode: 'url', url, message: 'Open it', elicitationId: `id of ${url}` }]);
  },
  link_done: async ({ server, args }) => {
    const elicitationId = `id of ${String(args['url'])}`;
    await server.notification({ method: 'notifications/elicitation/complete', params: { elicitationId } });
    return text('told');
  },
  needs_sampling: () => {
    throw new MissingRequiredClientCapabilityError({ requiredCapabilities: { sampling: {} } });
  },
  say: async ({ context, args }) => {
    await context.mcpReq.log((args['level'] ?? 'info') as LoggingLevel, String(args['text']), 'fake');
    return text('said');
  },
  /** Not on the stream of its call. */
  say_aside: async ({ server, args }) => {
    await server.notification({
      method: 'notifications/message',
      params: { level: 'info', data: String(args['text']) },
    });
    return text('said');
  },
  meta: ({ context }) => text(JSON.stringify({ ...context.mcpReq._meta, ...context.mcpReq.envelope })),
};

/** Tools that talk to the client of their caller. Any arguments go. */
export const listAskingTools = (): Tool[] =>
  Object.keys(TOOLS).map((name) => ({ name, description: `Talks: ${name}.`, inputSchema: { type: 'object' } }));

/** @returns undefined when it is none of these tools */
export function callAskingTool(name: string, talk: Talk): Answer | Promise<Answer> | undefined {
  const tool = Object.hasOwn(TOOLS, name) ? TOOLS[name] : undefined;
  if (!tool) return undefined;
  talk.state.calls.push({ tool: name, arguments: talk.args });
  return tool(talk);
}

import {
  inputRequired,
  inputResponse,
  type CallToolResult,
  type InputRequiredResult,
  type ServerContext,
  type Tool,
} from '@modelcontextprotocol/server';

type Arguments = Record<string, unknown>;
type Answer = CallToolResult | InputRequiredResult;

interface ProtocolTool {
  definition: Omit<Tool, 'name'>;
  run(args: Arguments, context: ServerContext): Answer | Promise<Answer>;
}

const text = (value: unknown): CallToolResult => ({
  content: [{ type: 'text', text: typeof value === 'string' ? value : JSON.stringify(value) }],
});
const takes = (...names: string[]): Tool['inputSchema'] => ({
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
  required: names,
});
/** Only requests of 2026-07-28 carry the envelope. */
const isModern = (context: ServerContext): boolean => context.mcpReq.envelope !== undefined;

const FORM = {
  type: 'object' as const,
  properties: { name: { type: 'string' as const, title: 'Name', default: 'Ada' } },
  required: ['name'],
};
const ICON = { src: 'data:image/png;base64,iVBORw0KGgo=', mimeType: 'image/png', sizes: ['16x16'] };
const ANNOTATED = { annotations: { audience: ['user' as const], priority: 0.7 } };

/** One of each kind of content that the protocol has. */
const CONTENTS: CallToolResult['content'] = [
  { type: 'text', text: 'words', ...ANNOTATED, _meta: { 'example.com/of-block': 1 } },
  { type: 'image', data: 'AAECAw==', mimeType: 'image/png' },
  { type: 'audio', data: 'AAECAw==', mimeType: 'audio/wav' },
  { type: 'resource', resource: { uri: 'fake://text', mimeType: 'text/plain', text: 'some text' } },
  { type: 'resource_link', uri: 'fake://binary', name: 'binary', title: 'Binary', icons: [ICON] },
];

/** A service of each era that uses everything the protocol has, asking as its era asks. */
const TOOLS: Record<string, ProtocolTool> = {
  contents: {
    definition: { description: 'Answers with one of each content.', inputSchema: takes() },
    run: () => ({ content: CONTENTS, _meta: { 'example.com/of-result': { kept: true } } }),
  },
  decorated: {
    definition: {
      title: 'Decorated',
      description: 'Carries everything that a definition can carry.',
      inputSchema: takes(),
      outputSchema: { type: 'object', properties: { n: { type: 'number' } } },
      annotations: { title: 'Decorated', readOnlyHint: true, idempotentHint: true },
      icons: [ICON],
      _meta: { 'example.com/of-tool': ['kept'] },
    },
    run: () => ({ ...text('{"n":1}'), structuredContent: { n: 1 } }),
  },
  list_of_numbers: {
    definition: {
      description: 'Answers with structured content that is no object, where its era has that.',
      inputSchema: takes(),
    },
    run: (_args, context) =>
      isModern(context)
        ? { ...text('[1,2,3]'), structuredContent: [1, 2, 3] }
        : { ...text('{"numbers":[1,2,3]}'), structuredContent: { numbers: [1, 2, 3] } },
  },
  meta: {
    definition: { description: 'Gives back the metadata of the request.', inputSchema: takes() },
    run: (_args, context) => text(context.mcpReq._meta ?? {}),
  },
  log: {
    definition: { description: 'Writes a log message of each level.', inputSchema: takes('word') },
    run: async (args, context) => {
      for (const level of ['debug', 'info', 'error'] as const) {
        await context.mcpReq.log(level, { word: args.word }, 'spec');
      }
      return text('logged');
    },
  },
  ask_form: {
    definition: { description: 'Asks the person for a name.', inputSchema: takes('message') },
    run: async (args, context) => {
      const params = { message: String(args.message), requestedSchema: FORM };
      if (!isModern(context)) return text(await context.mcpReq.send({ method: 'elicitation/create', params }));
      const answer = inputResponse(context.mcpReq.inputResponses, 'name');
      if (answer.kind !== 'elicit') return inputRequired({ inputRequests: { name: inputRequired.elicit(params) } });
      return text({ action: answer.action, content: answer.content });
    },
  },
  ask_url: {
    definition: { description: 'Sends the person to a page.', inputSchema: takes('url') },
    run: async (args, context) => {
      const params = { mode: 'url' as const, message: 'Please sign in', url: String(args.url) };
      if (!isModern(context)) {
        const asked = { ...params, elicitationId: 'sign-in' };
        return text(await context.mcpReq.send({ method: 'elicitation/create', params: asked }));
      }
      const answer = inputResponse(context.mcpReq.inputResponses, 'page');
      if (answer.kind !== 'elicit') return inputRequired({ inputRequests: { page: inputRequired.elicitUrl(params) } });
      return text({ action: answer.action });
    },
  },
  ask_model: {
    definition: { description: 'Asks the model of the client.', inputSchema: takes('prompt') },
    run: async (args, context) => {
      const messages = [{ role: 'user' as const, content: { type: 'text' as const, text: String(args.prompt) } }];
      const params = { messages, maxTokens: 50 };
      if (!isModern(context)) return text(await context.mcpReq.send({ method: 'sampling/createMessage', params }));
      const answer = inputResponse(context.mcpReq.inputResponses, 'model');
      if (answer.kind === 'sampling') return text(answer.result);
      return inputRequired({ inputRequests: { model: inputRequired.createMessage(params) } });
    },
  },
  ask_roots: {
    definition: { description: 'Asks for the roots of the client.', inputSchema: takes() },
    run: async (_args, context) => {
      if (!isModern(context)) return text(await context.mcpReq.send({ method: 'roots/list' }));
      const answer = inputResponse(context.mcpReq.inputResponses, 'roots');
      if (answer.kind === 'roots') return text({ roots: answer.roots });
      return inputRequired({ inputRequests: { roots: inputRequired.listRoots() } });
    },
  },
  ask_twice: {
    definition: { description: 'Asks for two names, one after the other.', inputSchema: takes() },
    run: async (_args, context) => {
      const params = (message: string) => ({ message, requestedSchema: FORM });
      if (!isModern(context)) {
        const names: unknown[] = [];
        for (const message of ['first', 'second']) {
          const { content } = await context.mcpReq.send({ method: 'elicitation/create', params: params(message) });
          names.push(content?.name);
        }
        return text(names.join(' and '));
      }
      const first = context.mcpReq.requestState<string>();
      const answer = inputResponse(context.mcpReq.inputResponses, 'name');
      const name = answer.kind === 'elicit' ? String(answer.content?.name) : undefined;
      if (name === undefined) return inputRequired({ inputRequests: { name: inputRequired.elicit(params('first')) } });
      if (first !== undefined) return text(`${first} and ${name}`);
      return inputRequired({ inputRequests: { name: inputRequired.elicit(params('second')) }, requestState: name });
    },
  },
};

/** Definitions of the tools that a service with `protocol` offers on top, in a stable order. */
export const PROTOCOL_TOOLS: readonly Tool[] = Object.entries(TOOLS).map(([name, { definition }]) => ({
  name,
  ...definition,
}));

/** @returns undefined when it is none of these tools */
export const callProtocolTool = (
  name: string,
  args: Arguments,
  context: ServerContext,
): Answer | Promise<Answer> | undefined => TOOLS[name]?.run(args, context);

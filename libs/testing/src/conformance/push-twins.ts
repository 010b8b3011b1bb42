import type { ElicitResult, ServerContext } from '@modelcontextprotocol/server';
import { object, text, type FixtureTools } from './fixture-tool.ts';
import { oneField, type Form } from './forms.ts';
import { says, type FixturePrompts } from './prompts.ts';

/*
 * What the modern fixture does by answering with questions, done as the legacy era does it: under the same names, so that the
 * suite's scenarios for modern clients can be run against a legacy service behind a gateway.
 */

const ask = (context: ServerContext, message: string, requestedSchema: Form): Promise<ElicitResult> =>
  context.mcpReq.send({ method: 'elicitation/create', params: { message, requestedSchema } });

const confirm = (context: ServerContext, field: string, message: string): Promise<ElicitResult> =>
  ask(context, message, oneField(field, 'boolean'));

async function sample(context: ServerContext, question: string, maxTokens: number): Promise<string> {
  const messages = [{ role: 'user' as const, content: { type: 'text' as const, text: question } }];
  const { content } = await context.mcpReq.send({ method: 'sampling/createMessage', params: { messages, maxTokens } });
  return JSON.stringify(content);
}

async function roots(context: ServerContext): Promise<string> {
  const listed = await context.mcpReq.send({ method: 'roots/list' });
  return listed.roots.map((root) => root.uri).join(', ');
}

const askName = async (context: ServerContext): Promise<string> =>
  String((await ask(context, 'What is your name?', oneField('name', 'string'))).content?.name);

/** Questions of the modern era, asked by requests while the call is open. */
export const ASK_TWINS: FixtureTools = {
  test_input_required_result_elicitation: {
    description: 'Asks for a name.',
    run: async (_args, context) => text(`Hello, ${await askName(context)}!`),
  },
  test_input_required_result_sampling: {
    description: 'Asks the client to sample a model.',
    run: async (_args, context) => text(await sample(context, 'What is the capital of France?', 100)),
  },
  test_input_required_result_list_roots: {
    description: 'Asks for the roots of the client.',
    run: async (_args, context) => text(await roots(context)),
  },
  test_input_required_result_request_state: {
    description: 'Asks once.',
    run: async (_args, context) => text(`state-ok: ${(await confirm(context, 'ok', 'Please confirm')).action}`),
  },
  test_input_required_result_tampered_state: {
    description: 'Asks once.',
    run: async (_args, context) => text((await confirm(context, 'ok', 'Please confirm')).action),
  },
  test_input_required_result_multiple_inputs: {
    description: 'Asks three things at once.',
    run: async (_args, context) => {
      const answers = [askName(context), sample(context, 'Generate a greeting', 50), roots(context)];
      return text((await Promise.all(answers)).join('; '));
    },
  },
  test_input_required_result_multi_round: {
    description: 'Asks twice.',
    run: async (_args, context) => {
      await ask(context, 'Step 1: What is your name?', oneField('name', 'string'));
      const { content } = await ask(context, 'Step 2: What is your favorite color?', oneField('color', 'string'));
      return text(`Your favorite color is ${String(content?.color)}.`);
    },
  },
  test_input_required_result_capabilities: {
    description: 'Asks the client to sample a model.',
    run: async (_args, context) => text(await sample(context, 'Generate a greeting', 50)),
  },
  test_streaming_elicitation: {
    description: 'Asks for a name, after a word on the stream.',
    run: async (_args, context) => {
      await context.mcpReq.log('info', 'about to ask');
      return text(`Hello, ${await askName(context)}!`);
    },
  },
  test_logging_tool: {
    description: 'Writes a log message for whoever asked for it.',
    run: async (_args, context) => {
      await context.mcpReq.log('info', 'a message');
      return text('Done.');
    },
  },
  test_missing_capability: {
    description: 'Works only for a client that can sample.',
    run: async (_args, context) => text(await sample(context, 'Can you?', 10)),
  },
  test_tool_with_task: {
    description: 'Asks for a name and works with it.',
    run: async (_args, context) => text(`Hello, ${await askName(context)}!`),
  },
  test_x_mcp_header: {
    description: 'Wants one of its arguments as a header too.',
    inputSchema: object({ region: { type: 'string', 'x-mcp-header': 'Region' }, note: { type: 'string' } }, ['region']),
    run: (args) => text(String(args.region)),
  },
};

/** A prompt that asks as those tools do. */
export const PROMPT_TWINS: FixturePrompts = {
  test_input_required_result_prompt: {
    definition: { description: 'Asks for its context.' },
    get: async (_values, context) => {
      const { content } = await ask(context, 'What context should the prompt use?', oneField('context', 'string'));
      return { messages: [says(`The context is ${String(content?.context)}.`)] };
    },
  },
};

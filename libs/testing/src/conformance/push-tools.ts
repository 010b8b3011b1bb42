import { setTimeout as delay } from 'node:timers/promises';
import type { ServerContext } from '@modelcontextprotocol/server';
import { object, text, type FixtureAnswer, type FixtureTools } from './fixture-tool.ts';
import { DEFAULTS, ENUMS, USER, type Form } from './forms.ts';

/** Tools of the legacy era: they ask their caller by requests of their own while the call is open. */
export const PUSH_TOOLS: FixtureTools = {
  test_sampling: {
    description: 'Asks the client to sample a model.',
    inputSchema: object({ prompt: { type: 'string' } }, ['prompt']),
    run: async (args, context) => {
      const messages = [{ role: 'user' as const, content: { type: 'text' as const, text: String(args.prompt) } }];
      const { content } = await context.mcpReq.send({
        method: 'sampling/createMessage',
        params: { messages, maxTokens: 100 },
      });
      return text(`LLM response: ${'text' in content ? content.text : JSON.stringify(content)}`);
    },
  },
  test_elicitation: {
    description: 'Asks the person for a name and an address.',
    inputSchema: object({ message: { type: 'string' } }, ['message']),
    run: (args, context) => elicit(context, String(args.message), USER),
  },
  test_elicitation_sep1034_defaults: {
    description: 'Asks with a default for each kind of field.',
    run: (_args, context) => elicit(context, 'Please check the values', DEFAULTS),
  },
  test_elicitation_sep1330_enums: {
    description: 'Asks with each kind of choice.',
    run: (_args, context) => elicit(context, 'Please choose', ENUMS),
  },
  test_reconnection: {
    description: 'Ends its stream before it answers; the answer waits for whoever resumes.',
    run: async (_args, context) => {
      context.http?.closeSSE?.();
      await delay(100);
      return text('The answer came after the stream was resumed.');
    },
  },
};

async function elicit(context: ServerContext, message: string, requestedSchema: Form): Promise<FixtureAnswer> {
  const { action, content } = await context.mcpReq.send({
    method: 'elicitation/create',
    params: { message, requestedSchema },
  });
  return text(`Elicitation completed: action=${action}, content=${JSON.stringify(content ?? {})}`);
}

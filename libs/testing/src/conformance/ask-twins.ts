import { setTimeout as delay } from 'node:timers/promises';
import { inputRequired, inputResponse, type ServerContext } from '@modelcontextprotocol/server';
import { object, text, type FixtureAnswer, type FixtureTools } from './fixture-tool.ts';
import { DEFAULTS, ENUMS, USER, type Form } from './forms.ts';

/** What the legacy fixture asks by requests, asked by answering with questions: under the same names, for the crossed runs. */
export const PUSH_TWINS: FixtureTools = {
  test_sampling: {
    description: 'Asks the client to sample a model.',
    inputSchema: object({ prompt: { type: 'string' } }, ['prompt']),
    run: (args, context) => {
      const answer = inputResponse(context.mcpReq.inputResponses, 'answer');
      if (answer.kind === 'sampling') return text(`LLM response: ${JSON.stringify(answer.result.content)}`);
      const messages = [{ role: 'user' as const, content: { type: 'text' as const, text: String(args.prompt) } }];
      return inputRequired({ inputRequests: { answer: inputRequired.createMessage({ messages, maxTokens: 100 }) } });
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
    description: 'Takes a moment: streams of this era cannot be resumed.',
    run: async () => {
      await delay(100);
      return text('The answer came on the stream that asked for it.');
    },
  },
};

function elicit(context: ServerContext, message: string, requestedSchema: Form): FixtureAnswer {
  const answer = inputResponse(context.mcpReq.inputResponses, 'answer');
  if (answer.kind !== 'elicit')
    return inputRequired({ inputRequests: { answer: inputRequired.elicit({ message, requestedSchema }) } });
  return text(`Elicitation completed: action=${answer.action}, content=${JSON.stringify(answer.content ?? {})}`);
}

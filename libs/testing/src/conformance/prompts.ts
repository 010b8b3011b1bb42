import {
  ProtocolError,
  ProtocolErrorCode,
  type GetPromptResult,
  type InputRequiredResult,
  type Prompt,
  type Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { PNG } from './samples.ts';

type Message = GetPromptResult['messages'][number];
type Values = Record<string, string>;
type PromptAnswer = GetPromptResult | InputRequiredResult;

export interface FixturePrompt {
  definition: Omit<Prompt, 'name'>;
  get(values: Values, context: ServerContext): PromptAnswer | Promise<PromptAnswer>;
}

export type FixturePrompts = Record<string, FixturePrompt>;

export const says = (text: string): Message => ({ role: 'user', content: { type: 'text', text } });

/** Prompts that need nothing but their arguments: the same in both eras. */
export const PLAIN_PROMPTS: FixturePrompts = {
  test_simple_prompt: {
    definition: { description: 'Takes nothing.' },
    get: () => ({ messages: [says('This is a simple prompt for testing.')] }),
  },
  test_prompt_with_arguments: {
    definition: {
      description: 'Repeats its arguments.',
      arguments: [
        { name: 'arg1', description: 'First test argument', required: true },
        { name: 'arg2', description: 'Second test argument', required: true },
      ],
    },
    get: ({ arg1, arg2 }) => ({ messages: [says(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`)] }),
  },
  test_prompt_with_embedded_resource: {
    definition: {
      description: 'Embeds a resource.',
      arguments: [{ name: 'resourceUri', description: 'URI of the resource to embed', required: true }],
    },
    get: ({ resourceUri = '' }) => {
      const resource = { uri: resourceUri, mimeType: 'text/plain', text: 'Embedded resource content for testing.' };
      return {
        messages: [
          { role: 'user', content: { type: 'resource', resource } },
          says('Please process the embedded resource above.'),
        ],
      };
    },
  },
  test_prompt_with_image: {
    definition: { description: 'Shows a picture.' },
    get: () => ({
      messages: [
        { role: 'user', content: { type: 'image', data: PNG, mimeType: 'image/png' } },
        says('Please analyze the image above.'),
      ],
    }),
  },
};

const CITIES = ['paris', 'park', 'party', 'testing'];

/** @param prompts what exists at the moment of each request */
export function servePrompts(server: Server, prompts: () => FixturePrompts): void {
  server.setRequestHandler('prompts/list', () => ({
    prompts: Object.entries(prompts()).map(([name, { definition }]) => ({ name, ...definition })),
  }));
  server.setRequestHandler('prompts/get', (request, context) => {
    const { name, arguments: values } = request.params;
    const prompt = prompts()[name];
    if (!prompt) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown prompt: ${name}`);
    return prompt.get(values ?? {}, context);
  });
  server.setRequestHandler('completion/complete', (request) => {
    const values = CITIES.filter((city) => city.startsWith(request.params.argument.value));
    return { completion: { values, total: values.length, hasMore: false } };
  });
}

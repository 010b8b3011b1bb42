import { setTimeout as delay } from 'node:timers/promises';
import type { ContentBlock } from '@modelcontextprotocol/server';
import { text, type FixtureTools } from './fixture-tool.ts';
import { PNG, SCHEMA_2020_12, WAV } from './samples.ts';

/** The suite asks for pauses between notifications, so that they are seen one by one. */
const PAUSE_MS = 20;

const image: ContentBlock = { type: 'image', data: PNG, mimeType: 'image/png' };

const resource = (uri: string, mimeType: string, content: string): ContentBlock => ({
  type: 'resource',
  resource: { uri, mimeType, text: content },
});

/** Tools that ask their caller nothing: the same in both eras. */
export const PLAIN_TOOLS: FixtureTools = {
  test_simple_text: {
    description: 'Answers with text.',
    run: () => text('This is a simple text response for testing.'),
  },
  test_image_content: {
    description: 'Answers with a picture.',
    run: () => ({ content: [image] }),
  },
  test_audio_content: {
    description: 'Answers with a sound.',
    run: () => ({ content: [{ type: 'audio', data: WAV, mimeType: 'audio/wav' }] }),
  },
  test_embedded_resource: {
    description: 'Answers with a resource.',
    run: () => ({
      content: [resource('test://embedded-resource', 'text/plain', 'This is an embedded resource content.')],
    }),
  },
  test_multiple_content_types: {
    description: 'Answers with text, a picture and a resource.',
    run: () => ({
      content: [
        { type: 'text', text: 'Multiple content types test:' },
        image,
        resource('test://mixed-content-resource', 'application/json', '{"test":"data","value":123}'),
      ],
    }),
  },
  test_error_handling: {
    description: 'Fails as a tool does.',
    run: () => ({ ...text('This tool intentionally returns an error for testing'), isError: true }),
  },
  test_tool_with_progress: {
    description: 'Reports its progress three times.',
    run: async (_args, context) => {
      const progressToken = context.mcpReq._meta?.progressToken;
      for (const progress of [0, 50, 100]) {
        if (progressToken !== undefined) {
          const params = { progressToken, progress, total: 100 };
          await context.mcpReq.notify({ method: 'notifications/progress', params });
        }
        await delay(PAUSE_MS);
      }
      return text('All steps are done.');
    },
  },
  test_tool_with_logging: {
    description: 'Writes three log messages.',
    run: async (_args, context) => {
      for (const message of ['Tool execution started', 'Tool processing data', 'Tool execution completed']) {
        await context.mcpReq.log('info', message);
        await delay(PAUSE_MS);
      }
      return text('Everything was logged.');
    },
  },
  json_schema_2020_12_tool: {
    description: 'Has a schema with every keyword that a gateway might drop.',
    inputSchema: SCHEMA_2020_12,
    run: (args) => text(JSON.stringify(args)),
  },
};

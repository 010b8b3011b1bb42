import { setTimeout as delay } from 'node:timers/promises';
import type { CallToolResult, ServerContext, Tool } from '@modelcontextprotocol/server';
import type { FakeMcpState } from './options.ts';

type Arguments = Record<string, unknown>;

interface FakeTool {
  definition: Omit<Tool, 'name'>;
  run(args: Arguments, context: ServerContext, state: FakeMcpState): CallToolResult | Promise<CallToolResult>;
}

/** A red dot, the smallest PNG that renders. */
const TINY_PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==';

const text = (value: string): CallToolResult => ({ content: [{ type: 'text', text: value }] });

const object = (
  properties: Record<string, Record<string, string | number>>,
  required: string[] = Object.keys(properties),
): Tool['inputSchema'] => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

const TOOLS: Record<string, FakeTool> = {
  echo: {
    definition: {
      title: 'Echo',
      description: 'Gives the text back.',
      inputSchema: object({ text: { type: 'string' } }),
      annotations: { readOnlyHint: true },
    },
    run: (args) => text(String(args.text)),
  },
  add: {
    definition: {
      title: 'Add',
      description: 'Adds two numbers.',
      inputSchema: object({ a: { type: 'number' }, b: { type: 'number' } }),
      annotations: { readOnlyHint: true },
    },
    run: (args) => text(String(Number(args.a) + Number(args.b))),
  },
  slow: {
    definition: {
      description: 'Answers after `ms` milliseconds.',
      inputSchema: object({ ms: { type: 'integer', minimum: 0 } }),
    },
    run: async (args, context, state) => {
      await unlessCancelled('slow', delay(Number(args.ms), undefined, { signal: context.mcpReq.signal }), state);
      return text('done');
    },
  },
  progress: {
    definition: {
      description: 'Reports `steps` steps, then answers.',
      inputSchema: object({ steps: { type: 'integer', minimum: 1 } }),
    },
    run: async (args, context) => {
      const total = Number(args.steps);
      const progressToken = context.mcpReq._meta?.progressToken;
      for (let progress = 1; progressToken !== undefined && progress <= total; progress += 1) {
        const params = { progressToken, progress, total, message: `step ${progress}` };
        await context.mcpReq.notify({ method: 'notifications/progress', params });
      }
      return text(`${total} steps`);
    },
  },
  fail: {
    definition: { description: 'Fails as a tool does.', inputSchema: object({}) },
    run: () => ({ ...text('this tool always fails'), isError: true }),
  },
  image: {
    definition: { description: 'Answers with a picture.', inputSchema: object({}) },
    run: () => ({ content: [{ type: 'image', data: TINY_PNG, mimeType: 'image/png' }] }),
  },
  structured: {
    definition: {
      description: 'Answers with structured content.',
      inputSchema: object({ city: { type: 'string' } }),
      outputSchema: object({ city: { type: 'string' }, celsius: { type: 'number' } }),
    },
    run: (args) => {
      const structuredContent = { city: String(args.city), celsius: 21 };
      return { ...text(JSON.stringify(structuredContent)), structuredContent, _meta: { 'example.com/kept': true } };
    },
  },
  large: {
    definition: {
      description: 'Answers with `bytes` letters.',
      inputSchema: object({ bytes: { type: 'integer', minimum: 0 } }),
    },
    run: (args) => text('x'.repeat(Number(args.bytes))),
  },
  crash: {
    definition: { description: 'Ends the whole service before answering.', inputSchema: object({}) },
    run: (_args, _context, state) => {
      state.crash();
      return new Promise(() => undefined);
    },
  },
  silent: {
    definition: { description: 'Never answers.', inputSchema: object({}) },
    run: (_args, context, state) =>
      unlessCancelled(
        'silent',
        new Promise((_, reject) => {
          const { signal } = context.mcpReq;
          const end = (): void => reject(new Error('cancelled'));
          // The caller may have left before the tool began to run.
          if (signal.aborted) end();
          else signal.addEventListener('abort', end, { once: true });
        }),
        state,
      ),
  },
  garbage: {
    definition: { description: 'Writes noise to standard output, then answers.', inputSchema: object({}) },
    run: () => {
      process.stdout.write('this is no JSON\n{"half":\n\u001b[31mcolour\u001b[0m\n{"json":"but not RPC"}\n\n');
      return text('after the noise');
    },
  },
  env: {
    definition: { description: 'Gives the environment of the process.', inputSchema: object({}) },
    run: () => text(JSON.stringify(process.env)),
  },
  toggle_tools: {
    definition: { description: 'Adds or removes the tool `toggled`.', inputSchema: object({}) },
    run: (_args, _context, state) => {
      state.toggleTools();
      return text(state.toggled ? 'added' : 'removed');
    },
  },
  touch: {
    definition: { description: 'Reports that a resource changed.', inputSchema: object({ uri: { type: 'string' } }) },
    run: (args, _context, state) => {
      state.touch(String(args.uri));
      return text('touched');
    },
  },
  toggled: {
    definition: { description: 'Comes and goes.', inputSchema: object({}) },
    run: () => text('here'),
  },
  upstream_error: {
    definition: { description: 'Answers with a JSON-RPC error.', inputSchema: object({}) },
    run: () => {
      throw Object.assign(new Error('the fake refuses'), { code: -32050 });
    },
  },
};

async function unlessCancelled<T>(tool: string, work: Promise<T>, state: FakeMcpState): Promise<T> {
  try {
    return await work;
  } catch (error) {
    state.cancelled.push(tool);
    throw error;
  }
}

/** Every tool the fake offers right now, in a stable order; `whoami` shows the headers of the request that called it. */
export function listFakeTools(state: FakeMcpState, extraTools: number): Tool[] {
  const names = Object.keys(TOOLS).filter((name) => name !== 'toggled' || state.toggled);
  const tools = names.map((name): Tool => ({ name, ...TOOLS[name].definition }));
  tools.push({ name: 'whoami', description: 'Shows the headers that came with this call.', inputSchema: object({}) });
  for (let each = 1; each <= extraTools; each += 1) {
    tools.push({ name: `extra-${each}`, description: `Extra tool ${each}.`, inputSchema: object({}) });
  }
  return tools;
}

/** @param headers what came with the connection or the request; empty on stdio */
export function callFakeTool(
  name: string,
  args: Arguments,
  context: ServerContext,
  state: FakeMcpState,
  headers: Record<string, string>,
): CallToolResult | Promise<CallToolResult> {
  state.calls.push({ tool: name, arguments: args });
  if (name === 'whoami') return text(JSON.stringify(headers));
  if (name.startsWith('extra-')) return text(name);
  const tool = TOOLS[name];
  if (!tool) throw Object.assign(new Error(`Unknown tool: ${name}`), { code: -32602 });
  return tool.run(args, context, state);
}

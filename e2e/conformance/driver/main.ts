/*
 * The client that the suite's scenarios for clients see is Gatehouse: this registers the scenario's server (last argument) as
 * a service, and uses it from the other side.
 */
import { randomUUID } from 'node:crypto';
import { ApiCaller } from '../../../libs/testing/src/api-caller.ts';
import { waitFor } from '../../../libs/testing/src/wait-for.ts';
import { LegacyRawClient, ModernRawClient, type Params, type RawClient, type Tool } from './raw-client.ts';
import type { InputSchema } from './headers.ts';

const env = (name: string): string => process.env[name] ?? '';

const upstream = process.argv.at(-1) ?? '';
const gateway = env('GATEHOUSE_URL');
const modern = env('MCP_CONFORMANCE_PROTOCOL_VERSION') === '2026-07-28';
const scenario = env('MCP_CONFORMANCE_SCENARIO');

interface ToolCall {
  name: string;
  arguments: Params;
}

/** Accepts a form with its defaults, as a person does who only presses the button. */
function accept(method: string, params: Params): Params {
  if (method !== 'elicitation/create') throw new Error(`Nobody expected ${method}.`);
  const { properties = {} } = (params.requestedSchema ?? {}) as InputSchema;
  const defaults = Object.entries(properties).filter(([, property]) => property.default !== undefined);
  return { action: 'accept', content: Object.fromEntries(defaults.map(([key, property]) => [key, property.default])) };
}

/** The gateway refuses null where the schema says boolean; not giving the argument means the same to the suite. */
const withoutNulls = (args: Params): Params =>
  Object.fromEntries(Object.entries(args).filter(([, value]) => value !== null));

/** Arguments that fit the tools of the scenarios; the suite gives those of some scenarios itself. */
function callsFor(tools: Tool[]): ToolCall[] {
  const given = JSON.parse(env('MCP_CONFORMANCE_CONTEXT') || '{}') as { toolCalls?: ToolCall[] };
  if (given.toolCalls) return given.toolCalls.map((call) => ({ ...call, arguments: withoutNulls(call.arguments) }));
  const focal = tools.find(({ name }) => name === 'json_schema_2020_12_tool');
  const known: Record<string, Params> = {
    add_numbers: { a: 5, b: 3 },
    valid_tool: { region: 'us-east1' },
    lookup_user: { id: 'ada' },
    json_schema_echo: { schema: focal?.inputSchema },
    json_schema_2020_12_tool: { name: 'Ada', email: 'ada@example.org', contactMethod: 'email' },
  };
  return tools.map(({ name }) => ({ name, arguments: known[name] ?? {} }));
}

/** Calls run at the same time: what belongs to one must not reach another. */
async function callAll(client: RawClient): Promise<void> {
  const tools = await client.list<Tool>('tools/list', 'tools');
  const calls = callsFor(tools).map(({ name, arguments: args }) => {
    const schema = tools.find((tool) => tool.name === name)?.inputSchema;
    return client.request('tools/call', { name, arguments: args }, schema);
  });
  const ended = await Promise.allSettled(calls);
  // What the gateway cannot check, it refuses to call; that it looked nothing up to find out is what counts there.
  if (scenario === 'json-schema-ref-no-deref') return;
  for (const call of ended) if (call.status === 'rejected') throw call.reason;
}

async function readAll(client: RawClient): Promise<void> {
  for (const { uri } of await client.list<{ uri: string }>('resources/list', 'resources'))
    await client.request('resources/read', { uri });
  for (const { name } of await client.list<{ name: string }>('prompts/list', 'prompts'))
    await client.request('prompts/get', { name });
}

async function main(): Promise<void> {
  const owner = new ApiCaller(gateway, env('GATEHOUSE_MANAGER_KEY'));
  const slug = `${scenario.slice(0, 20)}-${randomUUID().slice(0, 8)}`.replaceAll('_', '-');
  const service = await owner.call<{ id: string }>('POST', '/api/mcp/services', {
    name: slug,
    slug,
    type: 'http',
    url: upstream,
    config: { connect: 'at-start' },
    accessControl: { grants: [{ subject: { kind: 'everyone' }, effect: 'allow' }] },
  });
  await waitFor('the service to be looked at', async () => {
    const { health } = await owner.call<{ health: { state: string } }>('GET', `/api/mcp/services/${service.id}`);
    return ['ready', 'empty', 'degraded'].includes(health.state);
  });
  const Client = modern ? ModernRawClient : LegacyRawClient;
  const client = new Client(`${gateway}/mcp/s/${slug}`, env('GATEHOUSE_KEY'), accept);
  await client.open();
  await callAll(client);
  await readAll(client);
}

await main();

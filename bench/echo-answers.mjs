// What the echo services answer, by whatever they are spoken to.
const TOOL = {
  name: 'echo',
  description: 'Gives the text back.',
  inputSchema: {
    type: 'object',
    properties: { text: { type: 'string' }, times: { type: 'integer', minimum: 1, maximum: 4000000 } },
    required: ['text'],
    additionalProperties: false,
  },
};

const VERSIONS = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'];

const toolsFor = (count) =>
  count === 0
    ? [TOOL]
    : Array.from({ length: count }, (_, at) => ({
        ...TOOL,
        name: `tool_${at}`,
        description: `Does what tool ${at} does, in about as many words as such descriptions have.`,
      }));

/**
 * @param count how many tools of no use there are instead of the echo; 0: the echo alone
 * @returns who makes the answer to a message, undefined where there is none
 */
export function echo(count = 0) {
  const tools = toolsFor(count);
  const answers = {
    initialize: ({ protocolVersion }) => ({
      protocolVersion: VERSIONS.includes(protocolVersion) ? protocolVersion : VERSIONS[0],
      capabilities: { tools: {} },
      serverInfo: { name: 'echo', version: '1.0.0' },
    }),
    'tools/list': () => ({ tools }),
    'tools/call': ({ arguments: { text, times = 1 } }) => ({ content: [{ type: 'text', text: text.repeat(times) }] }),
    ping: () => ({}),
  };
  return ({ id, method, params }) => {
    if (id === undefined) return undefined;
    const answer = answers[method];
    return answer
      ? { jsonrpc: '2.0', id, result: answer(params) }
      : { jsonrpc: '2.0', id, error: { code: -32601, message: 'Method not found' } };
  };
}

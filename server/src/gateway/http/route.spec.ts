import { messagesPath, routeOf } from './route.js';

const all = { mcpSse: true, mcpWebSocket: true };
const none = { mcpSse: false, mcpWebSocket: false };

describe('the way of a request', () => {
  it.each([
    ['/mcp', { door: 'mcp', endpoint: '/mcp' }],
    ['/mcp/s/files', { door: 'mcp', endpoint: '/mcp/s/files' }],
    ['/mcp/ws', { door: 'websocket', endpoint: '/mcp' }],
    ['/mcp/ws/p/sales', { door: 'websocket', endpoint: '/mcp/p/sales' }],
    ['/mcp/wsx', { door: 'mcp', endpoint: '/mcp/wsx' }],
    ['/sse', { door: 'sse', endpoint: '/mcp' }],
    ['/sse/s/files', { door: 'sse', endpoint: '/mcp/s/files' }],
    ['/messages/s/files', { door: 'messages', endpoint: '/mcp/s/files' }],
  ])('%s', (path, route) => expect(routeOf(path, all)).toEqual(route));

  it.each(['/', '/mcpx', '/ssex', '/messagesx', '/api/mcp', '/admin/sse'])('%s is not ours', (path) =>
    expect(routeOf(path, all)).toBeUndefined(),
  );

  it.each(['/sse', '/messages', '/sse/s/files'])('%s is not ours while that door is closed', (path) =>
    expect(routeOf(path, none)).toBeUndefined(),
  );

  it('takes the path of sockets for one of no endpoint while that door is closed', () =>
    expect(routeOf('/mcp/ws', none)).toEqual({ door: 'mcp', endpoint: '/mcp/ws' }));

  it('says where messages go', () => {
    for (const endpoint of ['/mcp', '/mcp/s/files']) {
      expect(routeOf(messagesPath(endpoint), all)).toEqual({ door: 'messages', endpoint });
    }
  });
});

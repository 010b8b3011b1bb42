import { frameRows, isRequest, type ShownFrame } from './frame-rows';

const frame = (message: ShownFrame['message'], rest: Partial<ShownFrame> = {}): ShownFrame => ({
  direction: 'in',
  at: '2026-01-01T00:00:00.000Z',
  message,
  ...rest,
});

describe('raw messages as rows', () => {
  it.each([
    [
      'a method and what it is about',
      { id: 1, method: 'tools/call', params: { name: 'echo' } },
      'tools/call echo',
      false,
    ],
    ['a resource', { id: 1, method: 'resources/read', params: { uri: 'a://b' } }, 'resources/read a://b', false],
    ['an error by its words', { id: 1, error: { code: -32602, message: 'no such tool' } }, 'no such tool', true],
    ['a tool’s own failure', { id: 1, result: { isError: true } }, '', true],
    ['an answer without words', { id: 1, result: {} }, '', false],
    ['what was too large', null, '', false],
  ])('shows %s', (_, message, title, failed) => {
    expect(frameRows([frame(message)])[0]).toMatchObject({ title, failed });
  });

  it('says from whom to whom, and when', () => {
    const rows = frameRows([
      frame({}, { hop: 'client' }),
      frame({}, { hop: 'service', direction: 'out', at: '2026-01-01T00:00:00.120Z' }),
      frame({}, { direction: 'out' }),
    ]);
    expect(rows.map(({ way, offsetMs }) => [way, offsetMs])).toEqual([
      ['client.in', 0],
      ['service.out', 120],
      ['out', 0],
    ]);
  });

  it('lets only requests of clients be sent again', () => {
    const request = { id: 1, method: 'tools/list' };
    expect(isRequest(frame(request, { hop: 'client' }))).toBe(true);
    expect(isRequest(frame(request, { hop: 'service', direction: 'out' }))).toBe(false);
    expect(isRequest(frame({ method: 'notifications/initialized' }, { hop: 'client' }))).toBe(false);
  });
});

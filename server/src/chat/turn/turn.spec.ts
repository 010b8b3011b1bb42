import type { CallCard } from '@gatehouse/contracts';
import type { TurnChunk } from './parts.js';
import { NEW_TURN, applyChunk, finishedParts, isStale, openCalls, type Turn } from './turn.js';

const after = (...chunks: TurnChunk[]): Turn => chunks.reduce(applyChunk, NEW_TURN);
const words = (id: string, ...deltas: string[]): TurnChunk[] => [
  { type: 'text-start', id },
  ...deltas.map((delta): TurnChunk => ({ type: 'text-delta', id, delta })),
  { type: 'text-end', id },
];
const asked: TurnChunk = {
  type: 'tool-input-available',
  toolCallId: 't1',
  toolName: 'files__read',
  input: { path: 'a' },
  dynamic: true,
};
const answered: TurnChunk = { type: 'tool-output-available', toolCallId: 't1', output: { content: [] } };
const card = (state: CallCard['state']): TurnChunk => ({
  type: 'data-call',
  id: 't1',
  data: {
    toolCallId: 't1',
    serviceId: 's1',
    serviceName: 'Files',
    tool: 'read',
    title: 'Read',
    state,
    startedAt: '2026-01-01T00:00:00.000Z',
  },
});

describe('an answer that comes into being', () => {
  it('collects the words of each text', () => {
    expect(after(...words('0', 'Hel', 'lo')).parts).toEqual([{ type: 'text', text: 'Hello' }]);
  });

  it('keeps the texts of two steps apart although both are numbered 0', () => {
    const turn = after({ type: 'start-step' }, ...words('0', 'a'), { type: 'start-step' }, ...words('0', 'b'));
    expect(turn.parts.filter((part) => part.type === 'text').map((part) => part.text)).toEqual(['a', 'b']);
  });

  it('forgets what a step had written when the step is tried again', () => {
    const turn = after({ type: 'start-step' }, ...words('0', 'kept'), { type: 'start-step' }, ...words('0', 'half'), {
      type: 'reset-step',
    });
    expect(turn.parts.filter((part) => part.type === 'text').map((part) => part.text)).toEqual(['kept']);
  });

  it('shows a call once, with its card at its latest state', () => {
    const turn = after(asked, card('running'), answered, card('succeeded'));
    expect(turn.parts).toMatchObject([
      { type: 'dynamic-tool', state: 'output-available', input: { path: 'a' }, output: { content: [] } },
      { type: 'data-call', data: { state: 'succeeded' } },
    ]);
  });

  it('counts a call as open until it has an answer or an error', () => {
    expect(openCalls(after(asked)).map((call) => call.toolCallId)).toEqual(['t1']);
    expect(openCalls(after(asked, answered))).toEqual([]);
    expect(openCalls(after(asked, { type: 'tool-output-error', toolCallId: 't1', errorText: 'no' }))).toEqual([]);
  });

  it('passes over arguments that arrive after the answer', () => {
    const done = after(asked, answered);
    for (const late of [asked, answered, { type: 'tool-input-start', toolCallId: 't1', toolName: 'x' } as TurnChunk]) {
      expect(isStale(done, late)).toBe(true);
    }
    expect(isStale(after(asked), answered)).toBe(false);
    expect(isStale(NEW_TURN, asked)).toBe(false);
  });

  it('stores neither empty texts nor calls whose arguments were cut off', () => {
    const turn = after(
      ...words('0', ' '),
      { type: 'tool-input-start', toolCallId: 't2', toolName: 'x' },
      ...words('1', 'Hi'),
    );
    expect(finishedParts(turn)).toEqual([{ type: 'text', text: 'Hi' }]);
  });

  it('does not change the state it was given', () => {
    const before = Object.freeze(after(asked));
    expect(applyChunk(before, answered)).not.toBe(before);
    expect(openCalls(before)).toHaveLength(1);
  });
});

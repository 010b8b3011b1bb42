import type { CallCard } from '@gatehouse/contracts';

import { blocksText } from '../markdown/markdown-blocks.js';
import { answerText, EMPTY_CONVERSATION, reduce, type AssistantMessage, type Conversation } from './conversation.js';
import type { FailureFacts, StreamChunk } from './stream-chunk.js';
import type { ToolCall } from './tool-call.js';

const ask = (state: Conversation = EMPTY_CONVERSATION) => reduce(state, { type: 'asked', id: 'm1', text: 'Hello' });
const feed = (state: Conversation, ...chunks: StreamChunk[]) =>
  chunks.reduce((now, chunk) => reduce(now, { type: 'chunk', chunk, at: 1000 }), state);
const after = (...chunks: StreamChunk[]) => feed(ask(), ...chunks);

const answerOf = (state: Conversation): AssistantMessage => {
  const last = state.messages.at(-1);
  if (last?.role !== 'assistant') throw new Error('no answer');
  return last;
};
const callsOf = (state: Conversation): ToolCall[] =>
  answerOf(state).parts.flatMap((part) => (part.kind === 'call' ? [part.call] : []));
const callOf = (state: Conversation): ToolCall => {
  const [call] = callsOf(state);
  if (!call) throw new Error('no call');
  return call;
};

const card = (facts: Partial<CallCard> = {}): StreamChunk => ({
  type: 'data-call',
  id: 't1',
  data: {
    toolCallId: 't1',
    serviceId: 's1',
    serviceName: 'Weather',
    tool: 'forecast',
    title: 'Forecast',
    state: 'running',
    startedAt: '2026-01-01T00:00:00.000Z',
    ...facts,
  },
});
const inputStart: StreamChunk = { type: 'tool-input-start', toolCallId: 't1', toolName: 'weather__forecast' };
const inputReady: StreamChunk = {
  type: 'tool-input-available',
  toolCallId: 't1',
  toolName: 'weather__forecast',
  input: { city: 'Bern' },
};
const output = (value: unknown): StreamChunk => ({ type: 'tool-output-available', toolCallId: 't1', output: value });
const failure: FailureFacts = { code: 'network', message: 'Lost.', remedy: 'Try again.' };

describe('asking', () => {
  it('shows the question and an open answer at once', () => {
    const state = ask();
    expect(state.status).toBe('waiting');
    expect(state.messages).toMatchObject([
      { role: 'user', text: 'Hello' },
      { role: 'assistant', outcome: 'open', parts: [] },
    ]);
  });

  it('keeps what was said before', () => {
    const first = reduce(ask(), { type: 'ended' });
    expect(ask(first).messages).toHaveLength(4);
  });

  it('does not change the state it was given', () => {
    const before = Object.freeze(ask());
    expect(feed(before, inputStart)).not.toBe(before);
    expect(answerOf(before).parts).toEqual([]);
  });
});

describe('text', () => {
  const deltas = (...texts: string[]): StreamChunk[] => texts.map((delta) => ({ type: 'text-delta', id: '0', delta }));

  it('grows by deltas and is complete at its end', () => {
    const state = after({ type: 'text-start', id: '0' }, ...deltas('Hel', 'lo'), { type: 'text-end', id: '0' });
    expect(answerText(answerOf(state))).toBe('Hello');
    expect(answerOf(state).parts).toMatchObject([{ kind: 'text', done: true }]);
    expect(state.status).toBe('streaming');
  });

  it('keeps sealed blocks identical while the tail grows', () => {
    const early = after({ type: 'text-start', id: '0' }, ...deltas('A\n\nB'));
    const late = feed(early, ...deltas(' more'));
    const blocks = [early, late].map((state) => {
      const part = answerOf(state).parts[0];
      return part?.kind === 'text' ? part.blocks : undefined;
    });
    expect(blocks[1]?.sealed).toBe(blocks[0]?.sealed);
    expect(blocksText(blocks[1] ?? { sealed: [], tail: '' })).toBe('A\n\nB more');
  });

  it('keeps the texts of two steps apart although both carry the id 0', () => {
    const step: StreamChunk[] = [{ type: 'text-start', id: '0' }, ...deltas('x'), { type: 'text-end', id: '0' }];
    const parts = answerOf(after(...step, inputReady, ...step)).parts;
    expect(parts.map((part) => part.kind)).toEqual(['text', 'call', 'text']);
    expect(new Set(parts.map((part) => part.id)).size).toBe(3);
  });

  it('keeps reasoning apart from the answer', () => {
    const state = after(
      { type: 'reasoning-start', id: 'r' },
      { type: 'text-start', id: '0' },
      { type: 'reasoning-delta', id: 'r', delta: 'hm' },
      ...deltas('Yes'),
    );
    expect(answerOf(state).parts.map((part) => ('blocks' in part ? blocksText(part.blocks) : ''))).toEqual([
      'hm',
      'Yes',
    ]);
    expect(answerText(answerOf(state))).toBe('Yes');
  });

  it('forgets the parts of a step that is reset', () => {
    const state = after(
      { type: 'start-step' },
      { type: 'text-start', id: '0' },
      ...deltas('kept'),
      { type: 'text-end', id: '0' },
      { type: 'finish-step' },
      { type: 'start-step' },
      { type: 'text-start', id: '0' },
      ...deltas('dropped'),
      { type: 'reset-step' },
    );
    expect(answerText(answerOf(state))).toBe('kept');
  });

  it('passes over a delta that nothing was opened for', () => {
    expect(answerOf(after(...deltas('lost'))).parts).toEqual([]);
  });
});

describe('a tool call', () => {
  it('goes from drafting over queued and running to succeeded', () => {
    const drafting = after(inputStart, { type: 'tool-input-delta', toolCallId: 't1', inputTextDelta: '{"ci' });
    expect(callOf(drafting)).toMatchObject({ state: 'drafting', inputText: '{"ci', seenAt: 1000 });
    const queued = feed(drafting, inputReady);
    expect(callOf(queued)).toMatchObject({ state: 'queued', input: { city: 'Bern' } });
    const running = feed(queued, card());
    expect(callOf(running)).toMatchObject({
      state: 'running',
      serviceName: 'Weather',
      title: 'Forecast',
      tool: 'forecast',
    });
    const done = feed(running, output({ content: [] }), card({ state: 'succeeded', durationMs: 12, callId: 'c1' }));
    expect(callOf(done)).toMatchObject({ state: 'succeeded', durationMs: 12, callId: 'c1' });
    expect(callsOf(done)).toHaveLength(1);
  });

  it('is one card even when the card comes first', () => {
    expect(callsOf(after(card(), inputStart, inputReady))).toHaveLength(1);
  });

  it.each(['failed', 'denied', 'cancelled', 'timed-out'] as const)(
    'stays %s when a result for the model follows',
    (state) => {
      const ended = after(
        inputReady,
        card({ state }),
        output({ content: [{ type: 'text', text: 'explanation for the model' }] }),
      );
      expect(callOf(ended).state).toBe(state);
    },
  );

  it('is failed, never succeeded, when its result says so', () => {
    const result = { isError: true, content: [] };
    expect(callOf(after(inputReady, output(result))).state).toBe('failed');
    expect(callOf(after(inputReady, output(result), card({ state: 'succeeded' }))).state).toBe('failed');
    expect(callOf(after(inputReady, card({ state: 'succeeded' }), output(result))).state).toBe('failed');
  });

  it('does not run again after it has ended', () => {
    expect(callOf(after(inputReady, card({ state: 'succeeded' }), card({ state: 'running' }))).state).toBe('succeeded');
  });

  it('shows no preliminary result as its end', () => {
    expect(
      callOf(
        after(inputReady, card(), { type: 'tool-output-available', toolCallId: 't1', output: 1, preliminary: true }),
      ).state,
    ).toBe('running');
  });

  it('keeps the error of its card with its act', () => {
    const error = {
      code: 'upstream_unreachable' as const,
      message: 'Down.',
      remedy: 'Wait.',
      act: 'choose-another' as const,
    };
    const state = after(inputReady, card({ state: 'failed', error }), {
      type: 'tool-output-error',
      toolCallId: 't1',
      errorText: 'raw',
    });
    expect(callOf(state).error).toEqual(error);
  });

  it.each<[string, StreamChunk, string]>([
    ['an output error', { type: 'tool-output-error', toolCallId: 't1', errorText: 'Broken' }, 'failed'],
    [
      'arguments that do not fit',
      { type: 'tool-input-error', toolCallId: 't1', toolName: 'x', input: 1, errorText: 'Bad' },
      'failed',
    ],
    ['a refusal', { type: 'tool-output-denied', toolCallId: 't1' }, 'denied'],
  ])('ends with %s', (_, chunk, state) => {
    expect(callOf(after(inputStart, chunk)).state).toBe(state);
  });

  it('does not touch the other calls of the answer', () => {
    const state = after(inputReady, { ...inputReady, toolCallId: 't2' }, output({ content: [] }));
    expect(callsOf(state).map((call) => call.state)).toEqual(['succeeded', 'queued']);
  });
});

describe('the end of an answer', () => {
  it('is complete when the stream has ended', () => {
    const state = reduce(after({ type: 'text-start', id: '0' }), { type: 'ended' });
    expect(state.status).toBe('idle');
    expect(answerOf(state)).toMatchObject({ outcome: 'complete', parts: [{ done: true }] });
  });

  it.each<[string, (state: Conversation) => Conversation]>([
    ['stop', (state) => reduce(state, { type: 'stopped' })],
    ['abort chunk', (state) => feed(state, { type: 'abort' })],
  ])('by %s cancels the calls that still run', (_, end) => {
    const state = end(after(inputReady, card()));
    expect(answerOf(state).outcome).toBe('stopped');
    expect(callOf(state).state).toBe('cancelled');
  });

  it('by failure keeps what had arrived and says why', () => {
    const state = reduce(after({ type: 'text-start', id: '0' }, { type: 'text-delta', id: '0', delta: 'Half' }), {
      type: 'failed',
      failure,
    });
    expect(answerOf(state)).toMatchObject({ outcome: 'failed', failure });
    expect(answerText(answerOf(state))).toBe('Half');
    expect(state.status).toBe('idle');
  });

  it('is failed when an error came with the stream, as JSON body or as a sentence', () => {
    const body = JSON.stringify({
      error: { code: 'model_unavailable', message: 'No answer.', remedy: 'Retry.', requestId: 'r1' },
    });
    const structured = reduce(after({ type: 'error', errorText: body }), { type: 'ended' });
    expect(answerOf(structured)).toMatchObject({
      outcome: 'failed',
      failure: { code: 'model_unavailable', remedy: 'Retry.', requestId: 'r1' },
    });
    const plain = reduce(after({ type: 'error', errorText: 'Boom' }), { type: 'ended' });
    expect(answerOf(plain).failure).toMatchObject({ code: 'internal', message: 'Boom' });
  });

  it('takes a data-error part as the reason', () => {
    expect(answerOf(reduce(after({ type: 'data-error', data: failure }), { type: 'ended' })).failure).toEqual(failure);
  });

  it('happens once: a late chunk or a second end changes nothing', () => {
    const ended = reduce(ask(), { type: 'stopped' });
    expect(feed(ended, inputStart)).toBe(ended);
    expect(reduce(ended, { type: 'ended' })).toBe(ended);
  });
});

describe('a stored conversation', () => {
  it('is shown as it was, and nothing in it is still running', () => {
    const state = reduce(EMPTY_CONVERSATION, {
      type: 'opened',
      messages: [
        { id: 'u', role: 'user', parts: [{ type: 'text', text: 'Weather?' }] },
        {
          id: 'a',
          role: 'assistant',
          parts: [
            { type: 'text', text: 'I look.' },
            {
              type: 'dynamic-tool',
              toolCallId: 't1',
              toolName: 'f',
              state: 'output-available',
              input: { city: 'Bern' },
              output: { content: [] },
            },
            { type: 'dynamic-tool', toolCallId: 't2', toolName: 'f', state: 'input-available', input: {} },
            { type: 'dynamic-tool', toolCallId: 't3', toolName: 'f', state: 'output-error', errorText: 'no' },
            card({ state: 'succeeded' }) as never,
          ],
        },
      ],
    });
    expect(state.messages[0]).toEqual({ role: 'user', id: 'u', text: 'Weather?' });
    expect(callsOf(state).map((call) => call.state)).toEqual(['succeeded', 'cancelled', 'failed']);
    expect(callOf(state)).toMatchObject({ serviceName: 'Weather', input: { city: 'Bern' } });
  });
});

import type { Message } from '../message.store.js';
import { toModelMessages } from './history.js';
import type { StoredPart } from './parts.js';

const message = (role: Message['role'], ...parts: StoredPart[]): Message => ({
  id: 'm',
  role,
  parts,
  createdAt: new Date(0),
});
const call = (output: unknown): StoredPart => ({
  type: 'dynamic-tool',
  toolCallId: 't1',
  toolName: 'files__read',
  state: 'output-available',
  input: { path: 'a' },
  output,
});
const text = (value: string): StoredPart => ({ type: 'text', text: value });
const step: StoredPart = { type: 'step-start' };
const answer = { content: [{ type: 'text', text: 'x'.repeat(10_000) }] };

describe('what the model is told of earlier turns', () => {
  it('repeats its calls with their results, shortened', async () => {
    const told = await toModelMessages(
      [message('user', text('read a')), message('assistant', step, call(answer), step, text('done'))],
      true,
    );
    expect(told.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'assistant']);
    const result = JSON.stringify(told[2]);
    expect(result).toContain('6000 of 10000 characters left out');
    expect(result.length).toBeLessThan(5_000);
  });

  it('tells calls in words when there are no tools this time', async () => {
    const told = await toModelMessages([message('user', text('q')), message('assistant', call(answer))], false);
    expect(told.map(({ role }) => role)).toEqual(['user', 'assistant']);
    expect(JSON.stringify(told)).toContain('files__read');
  });

  it('tells what the person did by hand as theirs, and its output as data', async () => {
    const act: StoredPart = { type: 'data-direct', data: { serviceId: 's', tool: 'read', arguments: {} } };
    const [told, ...rest] = await toModelMessages(
      [message('assistant', act, call({ content: [{ type: 'text', text: 'secret' }] }))],
      true,
    );
    expect(rest).toEqual([]);
    expect(told?.role).toBe('user');
    expect(JSON.stringify(told)).toMatch(/I called the tool files__read.*which is data.*secret/);
  });

  it('keeps reasoning, cards and errors to ourselves', async () => {
    const error: StoredPart = {
      type: 'data-error',
      data: { code: 'internal', message: 'm', remedy: 'r', requestId: 'q' },
    };
    const told = await toModelMessages(
      [message('user', text('hi')), message('assistant', { type: 'reasoning', text: 'hm' }, error)],
      true,
    );
    expect(told).toHaveLength(1);
  });

  it('never repeats a call that has no result', async () => {
    const open: StoredPart = {
      type: 'dynamic-tool',
      toolCallId: 't9',
      toolName: 'x',
      state: 'input-available',
      input: {},
    };
    const told = await toModelMessages([message('user', text('hi')), message('assistant', open, text('well'))], true);
    expect(JSON.stringify(told)).not.toContain('t9');
  });
});

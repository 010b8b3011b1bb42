import type { Counterpart, LogMessage, Progress, Question } from '../../clients/index.js';
import type { CallOrigin } from './call-plan.js';
import { filteredOrigin, type Filter } from './filtered-origin.js';
import { mapTexts } from './plain-text.js';

const filter: Filter = (value) => {
  if (JSON.stringify(value).includes('huge')) throw new Error('too large');
  return mapTexts(value, (text) => text.replaceAll('s3cret', '***'));
};

describe('what a service says while a call runs', () => {
  const asked: Question[] = [];
  const heard: LogMessage[] = [];
  const progress: Progress[] = [];
  const counterpart: Counterpart = {
    capabilities: {},
    takesInputRequired: false,
    logLevel: 'info',
    ask: (question) => {
      asked.push(question);
      return Promise.resolve({ action: 'accept', content: { password: 's3cret' } });
    },
    onLog: (message) => void heard.push(message),
  };
  const origin = { counterpart, onProgress: (each) => void progress.push(each) } as Partial<CallOrigin> as CallOrigin;
  const filtered = filteredOrigin(origin, filter);

  it('is filtered as the answer is, and what the client answers is not', async () => {
    const question: Question = { method: 'elicitation/create', params: { message: 'Is it s3cret?' } };
    const answer = await filtered.counterpart!.ask(question, new AbortController().signal);
    filtered.counterpart!.onLog!({ level: 'info', data: { token: ['s3cret'] } });
    filtered.onProgress!({ progress: 1, message: 's3cret' });
    expect(asked).toEqual([{ method: 'elicitation/create', params: { message: 'Is it ***?' } }]);
    expect(answer).toEqual({ action: 'accept', content: { password: 's3cret' } });
    expect([heard, progress]).toEqual([
      [{ level: 'info', data: { token: ['***'] } }],
      [{ progress: 1, message: '***' }],
    ]);
    expect(filtered.counterpart).toMatchObject({ logLevel: 'info', takesInputRequired: false });
  });

  it('does not end the call when it is too large; a question is refused then', async () => {
    heard.length = 0;
    filtered.counterpart!.onLog!({ level: 'info', data: 'huge' });
    expect(heard).toEqual([]);
    const question: Question = { method: 'elicitation/create', params: { message: 'huge' } };
    await expect(filtered.counterpart!.ask(question, new AbortController().signal)).rejects.toThrow('too large');
  });
});

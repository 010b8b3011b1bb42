import type { Question } from '../../clients/index.js';
import { ADDRESSES_OF_MANY } from '../catalogue/addresses.js';
import { relayedQuestion } from './relay.js';

const PLACE = { slug: 'svc', addresses: ADDRESSES_OF_MANY };
const LINK = { type: 'resource_link', uri: 'file:///a', name: 'a' };
const PUBLIC_LINK = { ...LINK, uri: 'gatehouse://svc/file:///a' };

const sampling = (content: unknown): Question => ({
  method: 'sampling/createMessage',
  params: { messages: [{ role: 'user', content }], maxTokens: 5, _meta: { kept: true } },
});

describe('a question of a service', () => {
  it('shows resources in results of tools under our addresses', () => {
    const result = (content: unknown[]): unknown => ({ type: 'tool_result', toolUseId: '1', content });
    expect(relayedQuestion(sampling(result([LINK])), PLACE)).toEqual(sampling(result([PUBLIC_LINK])));
    expect(relayedQuestion(sampling([result([LINK])]), PLACE)).toEqual(sampling([result([PUBLIC_LINK])]));
  });

  it.each<[string, Question]>([
    ['a form', { method: 'elicitation/create', params: { message: 'file:///a', requestedSchema: { type: 'object' } } }],
    ['an address', { method: 'elicitation/create', params: { mode: 'url', url: 'https://a.example', message: 'x' } }],
    ['roots', { method: 'roots/list', params: {} }],
    ['a message of text', sampling({ type: 'text', text: 'file:///a' })],
    [
      'several texts',
      sampling([
        { type: 'text', text: 'a' },
        { type: 'text', text: 'b' },
      ]),
    ],
    [
      'messages of another shape',
      { method: 'sampling/createMessage', params: { messages: [null, 'x', { content: null }] } },
    ],
    [
      'content of no type',
      sampling({ type: 'tool_result', toolUseId: '1', content: [null, { type: 'resource' }, 'x'] }),
    ],
    ['no messages', { method: 'sampling/createMessage', params: {} }],
  ])('is otherwise as it was: %s', (_, question) => expect(relayedQuestion(question, PLACE)).toEqual(question));
});

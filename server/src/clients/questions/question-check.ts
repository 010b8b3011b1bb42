import type { ForeignObject } from '../../services/index.js';
import type { Question } from '../dialogue.js';
import { REFUSAL, QuestionRefused } from './question-refused.js';
import { withoutHopMeta } from './hop-meta.js';

const METHODS: readonly string[] = ['elicitation/create', 'sampling/createMessage', 'roots/list'];
const KIB = 1024;
const LARGEST = { question: 1024 * KIB, schema: 64 * KIB, message: 64 * KIB, url: 8 * KIB, id: 256 };

export const isQuestionMethod = (method: string): method is Question['method'] => METHODS.includes(method);

export const isObject = (value: unknown): value is ForeignObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What a service asks, as it may be put to somebody: known, bounded, and without what concerns only its own hop. All
 * other keys stay as they are.
 *
 * @throws {QuestionRefused}
 */
export function checkQuestion(method: unknown, params: unknown = {}): Question {
  if (typeof method !== 'string' || !isQuestionMethod(method))
    throw new QuestionRefused(REFUSAL.notOffered, 'Method not found');
  if (!isObject(params)) throw invalid('params is not an object');
  if (sizeOf(params) > LARGEST.question) throw invalid(`the question is larger than ${LARGEST.question} bytes`);
  if (method === 'elicitation/create') checkElicitation(params);
  if (method === 'sampling/createMessage' && !Array.isArray(params['messages']))
    throw invalid('messages is not a list');
  return { method, params: withoutHop(params) };
}

/** Whether a person may be shown this address to open: https, or http on this very machine, and no credentials in it. */
export function isOpenable(text: unknown): text is string {
  if (typeof text !== 'string' || text.length > LARGEST.url || !URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

function checkElicitation(params: ForeignObject): void {
  const { mode = 'form', message, requestedSchema, url, elicitationId } = params;
  if (typeof message !== 'string' || message.length > LARGEST.message) throw invalid('message is missing or too long');
  if (mode === 'form') {
    if (!isObject(requestedSchema)) throw invalid('requestedSchema is not an object');
    if (sizeOf(requestedSchema) > LARGEST.schema)
      throw invalid(`requestedSchema is larger than ${LARGEST.schema} bytes`);
  } else if (mode === 'url') {
    if (!isOpenable(url)) throw invalid('url is not an https address that may be shown');
    if (elicitationId !== undefined && !isElicitationId(elicitationId)) throw invalid('elicitationId is not an id');
  } else {
    throw invalid('mode is unknown');
  }
}

export const isElicitationId = (id: unknown): id is string =>
  typeof id === 'string' && id.length > 0 && id.length <= LARGEST.id;

/** Progress and tasks of a question are between the service and us, and we offer neither. */
function withoutHop({ task: _task, _meta, ...params }: ForeignObject): ForeignObject {
  if (!isObject(_meta)) return params;
  const kept = withoutHopMeta(_meta);
  return Object.keys(kept).length > 0 ? { ...params, _meta: kept } : params;
}

const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

const invalid = (reason: string): QuestionRefused => new QuestionRefused(REFUSAL.invalidParams, `Invalid: ${reason}`);

import type { RawResult } from '../connection/raw-result.js';
import { MalformedResult } from '../connection/result-shape.js';
import type { Question } from '../dialogue.js';
import { checkQuestion, isObject } from './question-check.js';
import { QuestionRefused } from './question-refused.js';

const MOST_AT_ONCE = 10;

/** The questions of a modern service that cannot go on without answers, by its keys, and its own state. */
export interface NeededInput {
  readonly questions: Readonly<Record<string, Question>>;
  readonly requestState: string | undefined;
}

/**
 * What an answer asks for; undefined when it is final.
 *
 * @throws {MalformedResult} it asks for something that may not be put to anybody
 */
export function neededInput(method: string, result: RawResult): NeededInput | undefined {
  if (result['resultType'] !== 'input_required') return undefined;
  const { inputRequests = {}, requestState } = result;
  if (!isObject(inputRequests) || Object.keys(inputRequests).length > MOST_AT_ONCE)
    throw new MalformedResult(`${method}: more than ${MOST_AT_ONCE} questions at once`);
  return {
    questions: questionsIn(method, inputRequests),
    requestState: typeof requestState === 'string' ? requestState : undefined,
  };
}

/** @throws {MalformedResult} */
export function questionsIn(
  method: string,
  inputRequests: Readonly<Record<string, unknown>>,
): Record<string, Question> {
  try {
    return Object.fromEntries(
      Object.entries(inputRequests).map(([key, request]) => {
        const { method: asked, params } = isObject(request) ? request : {};
        return [key, checkQuestion(asked, params)];
      }),
    );
  } catch (error) {
    if (error instanceof QuestionRefused) throw new MalformedResult(`${method}: ${error.message}`);
    throw error;
  }
}

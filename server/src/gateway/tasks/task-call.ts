import type { CallToolResult } from '@modelcontextprotocol/server';
import { InputRequired, type Continuation, type Counterpart, type Question } from '../../clients/index.js';
import { AppError } from '../../platform/index.js';
import type { ForeignObject } from '../../services/index.js';
import type { CallOrigin } from '../../tools/index.js';
import { logUnexpected } from '../surface/method-handler.js';
import type { RunningTask } from './running-task.js';

/** How often a modern service may come back with questions. */
const MAX_ROUNDS = 10;

/** A tool call that can be begun from wherever it is seen to come. */
export interface ToolWork {
  /** @throws {AppError | InputRequired} as `ToolInvoker.invoke` does */
  readonly run: (origin: CallOrigin) => Promise<CallToolResult>;
  /** Name of the service, for people. */
  readonly service: string;
  /** A question of the service as the endpoint shows it. */
  readonly shown: (question: Question) => Question;
  readonly outputSchema?: ForeignObject;
}

/** Runs the call of a task to its end; whatever comes of it is on the task. */
export async function finishAsTask(task: RunningTask, answer: Promise<CallToolResult>, work: ToolWork): Promise<void> {
  const { outputSchema } = work;
  try {
    await task.complete({ result: await answer, ...(outputSchema && { outputSchema }) });
  } catch (error) {
    logUnexpected(error);
    await task.fail(error);
  }
}

/**
 * Runs a call, and puts the questions with which a modern service answers on its task, if it has one by then.
 *
 * @param taskOf waits for a task that is just being made; undefined when the call has none
 * @throws {InputRequired} there is no task, so the questions are the door's to answer with
 */
export async function throughQuestions(
  work: ToolWork,
  origin: CallOrigin & { readonly signal: AbortSignal },
  taskOf: () => Promise<RunningTask | undefined>,
): Promise<CallToolResult> {
  let continuation: Continuation | undefined;
  for (let round = 0; ; round += 1) {
    try {
      return await work.run(continuation ? { ...origin, continuation } : origin);
    } catch (error) {
      const task = error instanceof InputRequired ? await taskOf() : undefined;
      if (!task || !(error instanceof InputRequired)) throw error;
      if (round >= MAX_ROUNDS) throw endless(work.service);
      const { inputRequests, requestState } = error;
      const inputResponses = await answersTo(inputRequests, (question) =>
        task.ask(work.shown(question), origin.signal),
      );
      continuation = { inputResponses, ...(requestState !== undefined && { requestState }) };
    }
  }
}

const endless = (service: string): AppError =>
  new AppError('upstream_protocol', {
    details: { service, cause: `it asked for input more than ${MAX_ROUNDS} times` },
  });

async function answersTo(
  questions: Readonly<Record<string, Question>>,
  ask: (question: Question) => Promise<ForeignObject>,
): Promise<ForeignObject> {
  const answers = Object.entries(questions).map(async ([key, question]) => [key, await ask(question)] as const);
  return Object.fromEntries(await Promise.all(answers));
}

/** The client of a call that has, or may come to have, a task: what the service asks goes where `ask` says. */
export const answeringBy = (client: Counterpart, ask: Counterpart['ask'], hasTask: () => boolean): Counterpart => {
  const { capabilities, takesInputRequired, logLevel, onLog, onElicitationComplete } = client;
  return {
    capabilities,
    takesInputRequired,
    ask,
    ...(onElicitationComplete && { onElicitationComplete }),
    ...(logLevel !== undefined && { logLevel }),
    // The stream that log messages were for ends when the call becomes a task.
    ...(onLog && { onLog: (message) => void (hasTask() || onLog(message)) }),
  };
};

/** A call that has a task from its beginning on, as the path of calls sees it. */
export function detached(
  { counterpart, ...origin }: CallOrigin,
  task: RunningTask,
  work: ToolWork,
  signal: AbortSignal,
): CallOrigin & { readonly signal: AbortSignal } {
  const ask: Counterpart['ask'] = (question, asking) => task.ask(work.shown(question), asking);
  return {
    ...origin,
    signal,
    longRunning: true,
    onProgress: (progress) => task.progressed(progress),
    ...(counterpart && { counterpart: answeringBy(counterpart, ask, () => true) }),
  };
}

import { Inject, Injectable } from '@nestjs/common';
import type { CallToolResult, Server } from '@modelcontextprotocol/server';
import type { CallContext } from '../call-context.js';
import { callerOf } from '../caller.js';
import type { CallOrigin } from '../../tools/index.js';
import type { CallingClient } from '../direct/calling-client.js';
import { tellSession } from './core-task-stream.js';
import { PatientCall } from './patient-call.js';
import { startedTask } from './started-task.js';
import { detached, finishAsTask, throughQuestions, type ToolWork } from './task-call.js';
import { declaresTasks, hasCoreTasks, isModern } from './task-eras.js';
import { TaskKeeper } from './task-keeper.js';
import { TASK_SETTINGS, type TaskSettings } from './task-settings.js';
import { coreTask, createdTask } from './task-wire.js';

/** What a client of 2025-11-25 sends with a call that it wants to have as a task. */
export interface TaskWish {
  readonly ttl?: number;
}

/** A tool call as it arrived, and what there is to do. */
export interface WantedCall {
  readonly client: CallingClient;
  readonly context: CallContext;
  /** Ends with the request, unless the call becomes a task. */
  readonly origin: CallOrigin;
  readonly work: ToolWork;
  /** Counts in 2025-11-25 only; elsewhere the server decides. */
  readonly wish?: TaskWish;
}

/** Answers tool calls: with their result, or with a task where the client can take one. */
@Injectable()
export class TaskCalls {
  constructor(
    private readonly keeper: TaskKeeper,
    @Inject(TASK_SETTINGS) private readonly settings: TaskSettings,
  ) {}

  /** @throws {AppError | InputRequired} as the call does · `too_many_calls` for one task too many that the client wished for */
  async answer(call: WantedCall): Promise<CallToolResult> {
    const { client, context, origin, work, wish } = call;
    if (isModern(context)) {
      if (declaresTasks(context)) return this.withPatience(call);
      return resultOf(client, work, { ...origin, mayBeTask: false });
    }
    const { server } = client;
    return wish && server && hasCoreTasks(server) ? this.atOnce(call, server, wish) : resultOf(client, work, origin);
  }

  private async withPatience({ client, context, origin, work }: WantedCall): Promise<CallToolResult> {
    const ending = new AbortController();
    const begin = () => this.keeper.begin(callerOf(context), ending);
    const answer = await new PatientCall(origin, work, ending, begin).run(this.settings.patienceMs);
    if ('result' in answer) return client.project(answer.result, work.outputSchema);
    return startedTask(createdTask(answer.task.view, this.settings.pollIntervalMs));
  }

  private async atOnce(
    { context, origin, work }: WantedCall,
    server: Server,
    { ttl }: TaskWish,
  ): Promise<CallToolResult> {
    const ending = new AbortController();
    const task = await this.keeper.begin(callerOf(context), ending, ttl);
    tellSession(server, task, this.settings.pollIntervalMs);
    const answer = throughQuestions(work, detached(origin, task, work, ending.signal), () => Promise.resolve(task));
    void finishAsTask(task, answer, work);
    return startedTask({ task: coreTask(task.view, this.settings.pollIntervalMs) });
  }
}

const resultOf = async (client: CallingClient, work: ToolWork, origin: CallOrigin): Promise<CallToolResult> =>
  client.project(await work.run(origin), work.outputSchema);

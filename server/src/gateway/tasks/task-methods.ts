import { Inject, Injectable } from '@nestjs/common';
import { ProtocolError, type CallToolResult, type Result, type Server } from '@modelcontextprotocol/server';
import type { CallContext } from '../call-context.js';
import { z } from 'zod';
import { AppError } from '../../platform/index.js';
import type { ForeignObject } from '../../services/index.js';
import { callerOf } from '../caller.js';
import { answering } from '../surface/method-handler.js';
import { originOf } from '../surface/origin.js';
import { attend } from './core-task-stream.js';
import type { Task } from './task.js';
import { isModern, requireCoreTasks, requireExtension } from './task-eras.js';
import { TaskKeeper } from './task-keeper.js';
import { TASK_SETTINGS, type TaskSettings } from './task-settings.js';
import { coreTask, detailedTask, resultOfTask } from './task-wire.js';

const TASK_ID = z.object({ taskId: z.string().max(256) });
const CURSOR = z.object({ cursor: z.string().max(256).optional() });

type Method<P> = (params: P, context: CallContext) => Promise<Result>;

/** The methods of tasks: those of the extension for modern clients, those of 2025-11-25 for its clients. */
@Injectable()
export class TaskMethods {
  constructor(
    private readonly keeper: TaskKeeper,
    @Inject(TASK_SETTINGS) private readonly settings: TaskSettings,
  ) {}

  serve(server: Server): void {
    register(server, 'tasks/get', TASK_ID, ({ taskId }, context) => this.get(server, taskId, context));
    register(server, 'tasks/cancel', TASK_ID, ({ taskId }, context) => this.cancel(server, taskId, context));
    register(server, 'tasks/update', TASK_ID, ({ taskId }, context) => this.update(taskId, context));
    register(server, 'tasks/result', TASK_ID, ({ taskId }, context) => this.result(server, taskId, context));
    register(server, 'tasks/list', CURSOR, ({ cursor }, context) => this.list(server, cursor, context));
  }

  private async get(server: Server, taskId: string, context: CallContext): Promise<Result> {
    allow(server, context);
    const task = await this.keeper.find(callerOf(context), taskId);
    if (!isModern(context)) return coreTask(task, this.settings.pollIntervalMs);
    return detailedTask(task, this.settings.pollIntervalMs, ({ result, outputSchema }) =>
      server.projectCallToolResult(result, outputSchema),
    );
  }

  /** In the extension a task that has ended may be cancelled without effect; in 2025-11-25 that is an error. */
  private async cancel(server: Server, taskId: string, context: CallContext): Promise<Result> {
    allow(server, context);
    const caller = callerOf(context);
    const running = await this.keeper.findRunning(caller, taskId);
    await running?.cancel();
    if (isModern(context)) return {};
    if (!running) throw hasEndedAlready();
    return coreTask(running.view, this.settings.pollIntervalMs);
  }

  private async update(taskId: string, context: CallContext): Promise<Result> {
    requireExtension(context);
    const running = await this.keeper.findRunning(callerOf(context), taskId);
    // The SDK has left out what is no object.
    await running?.answer((context.mcpReq.inputResponses ?? {}) as Record<string, ForeignObject>);
    return {};
  }

  private async result(server: Server, taskId: string, context: CallContext): Promise<Result> {
    requireCoreTasks(server);
    const running = await this.keeper.findRunning(callerOf(context), taskId);
    const { counterpart, signal = new AbortController().signal } = originOf(context);
    const task = running
      ? await attend(running, counterpart, signal)
      : await this.keeper.find(callerOf(context), taskId);
    return resultOfTask(answerOf(task, server), taskId);
  }

  private async list(server: Server, cursor: string | undefined, context: CallContext): Promise<Result> {
    requireCoreTasks(server);
    const { tasks, next } = await this.keeper.list(callerOf(context), cursor);
    return {
      tasks: tasks.map((task) => coreTask(task, this.settings.pollIntervalMs)),
      ...(next !== undefined && { nextCursor: next }),
    };
  }
}

/** The SDK refuses params that do not fit, and then knows their type. */
function register<P>(server: Server, name: string, params: z.ZodType<P>, method: Method<P>): void {
  const answer = answering(method);
  server.setRequestHandler(name, { params }, (given, context) => answer({ params: given }, context));
}

const allow = (server: Server, context: CallContext): void =>
  isModern(context) ? requireExtension(context) : requireCoreTasks(server);

/** What the call itself would have been answered with. @throws what it would have thrown */
function answerOf({ outcome }: Task, server: Server): CallToolResult {
  if (!outcome) throw new AppError('call_cancelled');
  if ('error' in outcome) throw ProtocolError.fromError(outcome.error.code, outcome.error.message, outcome.error.data);
  return server.projectCallToolResult(outcome.result, outcome.outputSchema);
}

const hasEndedAlready = (): AppError =>
  new AppError('validation_failed', { fields: [{ path: 'taskId', message: 'names a task that has ended' }] });

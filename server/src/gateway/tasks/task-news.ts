import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { AppError } from '../../platform/index.js';
import type { McpCaller } from '../caller.js';
import { TASKS_EXTENSION } from './task-eras.js';
import { TaskKeeper } from './task-keeper.js';
import { TASK_SETTINGS, type TaskSettings } from './task-settings.js';
import { TaskSubscription, type FollowedTask } from './task-subscription.js';

/** How many tasks one stream may be about. */
const MAX_TASKS = 50;

/** A `subscriptions/listen` that asks for news of tasks, from a client that declared to know them. */
const LISTEN = z.object({
  params: z.object({
    _meta: z.object({
      'io.modelcontextprotocol/clientCapabilities': z.object({
        extensions: z.object({ [TASKS_EXTENSION]: z.looseObject({}) }),
      }),
    }),
    notifications: z.object({ taskIds: z.array(z.string()) }),
  }),
});

/** Follows tasks for streams that want to hear of them. */
@Injectable()
export class TaskNews {
  constructor(
    private readonly keeper: TaskKeeper,
    @Inject(TASK_SETTINGS) private readonly settings: TaskSettings,
  ) {}

  /** @param body of a `subscriptions/listen`. Tasks that are not the caller's are left out. */
  async follow(caller: McpCaller, body: unknown): Promise<TaskSubscription> {
    const listen = LISTEN.safeParse(body);
    const ids = new Set(listen.success ? listen.data.params.notifications.taskIds : []);
    const followed = await Promise.all([...ids].slice(0, MAX_TASKS).map((id) => this.find(caller, id)));
    const own = followed.filter((each) => each !== undefined);
    return new TaskSubscription(own, this.settings.pollIntervalMs);
  }

  private async find(caller: McpCaller, id: string): Promise<FollowedTask | undefined> {
    try {
      const running = await this.keeper.findRunning(caller, id);
      return { running, task: await this.keeper.find(caller, id) };
    } catch (error) {
      if (error instanceof AppError) return undefined;
      throw error;
    }
  }
}

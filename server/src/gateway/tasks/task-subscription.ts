import type { RunningTask } from './running-task.js';
import type { Task } from './task.js';
import { detailedTask } from './task-wire.js';

const SUBSCRIPTION_ID = 'io.modelcontextprotocol/subscriptionId';
/** A resource that never changes: it keeps a stream open that would be about tasks alone. */
const NO_RESOURCE = 'gatehouse:no-resource';
/** A client that lets this much pile up does not read any more, bytes. */
const MAX_BACKLOG = 1024 * 1024;

type Json = Record<string, unknown>;

/** A task as it is now, and the call behind it while that runs. */
export interface FollowedTask {
  readonly task: Task;
  readonly running: RunningTask | undefined;
}

/** What a stream of `subscriptions/listen` hears of tasks. The SDK knows none, so they are added to what it sends. */
export class TaskSubscription {
  private readonly ends: (() => void)[] = [];
  private stream: TransformStreamDefaultController<Uint8Array> | undefined;
  private isAcknowledged = false;

  /** @param followed those that the client named and that are its own */
  constructor(
    private readonly followed: readonly FollowedTask[],
    private readonly pollIntervalMs: number,
  ) {}

  /** The request as the SDK is to see it: with something that makes it open a stream. */
  widened(body: Json): Json {
    if (this.followed.length === 0) return body;
    const params = objectIn(body, 'params');
    const notifications = objectIn(params, 'notifications');
    const resources = notifications['resourceSubscriptions'];
    const resourceSubscriptions = [...(Array.isArray(resources) ? (resources as unknown[]) : []), NO_RESOURCE];
    return { ...body, params: { ...params, notifications: { ...notifications, resourceSubscriptions } } };
  }

  /** The SDK's stream, and on it each task as it is now and whenever it changes. */
  extended(answer: Response): Response {
    const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream');
    if (this.followed.length === 0 || !answer.body || !isStream) return answer;
    const strategy = new ByteLengthQueuingStrategy({ highWaterMark: MAX_BACKLOG });
    const adding = new TransformStream<Uint8Array, Uint8Array>(
      {
        start: (controller) => void (this.stream = controller),
        transform: (chunk, controller) => (this.isAcknowledged ? controller.enqueue(chunk) : this.acknowledge(chunk)),
        flush: () => this.close(),
      },
      undefined,
      strategy,
    );
    return new Response(answer.body.pipeThrough(adding), { status: answer.status, headers: answer.headers });
  }

  close(): void {
    this.stream = undefined;
    for (const end of this.ends.splice(0)) end();
  }

  /** The SDK's first message says what will come; tasks are said there too. */
  private acknowledge(chunk: Uint8Array): void {
    this.isAcknowledged = true;
    const message = JSON.parse(/^data: (.*)$/m.exec(new TextDecoder().decode(chunk))?.[1] ?? '{}') as Json;
    const params = objectIn(message, 'params');
    const { resourceSubscriptions, ...rest } = objectIn(params, 'notifications');
    const resources = (resourceSubscriptions as string[]).filter((uri) => uri !== NO_RESOURCE);
    const notifications = {
      ...rest,
      ...(resources.length > 0 && { resourceSubscriptions: resources }),
      taskIds: this.followed.map(({ task }) => task.id),
    };
    this.send({ ...message, params: { ...params, notifications } });
    this.begin(objectIn(params, '_meta')[SUBSCRIPTION_ID]);
  }

  private begin(subscriptionId: unknown): void {
    const tell = (task: Task): void => {
      const params = detailedTask(task, this.pollIntervalMs, ({ result }) => result);
      const _meta = { [SUBSCRIPTION_ID]: subscriptionId };
      this.send({ jsonrpc: '2.0', method: 'notifications/tasks', params: { ...params, _meta } });
    };
    for (const { task, running } of this.followed) {
      tell(running?.view ?? task);
      if (running) this.ends.push(running.onChange(tell));
    }
  }

  private send(message: object): void {
    if (!this.stream) return;
    if ((this.stream.desiredSize ?? 0) <= 0) {
      this.stream.terminate();
      this.close();
      return;
    }
    this.stream.enqueue(new TextEncoder().encode(`event: message\ndata: ${JSON.stringify(message)}\n\n`));
  }
}

const objectIn = (parent: Json, key: string): Json => {
  const value = parent[key];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
};

import { EventEmitter } from 'node:events';
import { Injectable, Logger } from '@nestjs/common';

/**
 * Every fact that modules tell each other, by type. A module adds its own by declaration merging in its `events.ts`:
 * `declare module '…/platform/events/event-bus.js' { interface DomainEvents { 'thing.happened': {…} } }`.
 * Payloads are plain JSON, because a bus between replicas will carry them.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by the modules that publish
export interface DomainEvents {}

export type EventType = Extract<keyof DomainEvents, string>;
export type Unsubscribe = () => void;

/** Publishes facts and hands them to whoever listens. A failing listener is logged and harms nobody else. */
export abstract class EventBus {
  abstract publish<T extends EventType>(type: T, payload: DomainEvents[T]): void;
  abstract subscribe<T extends EventType>(
    type: T,
    listener: (payload: DomainEvents[T]) => void | Promise<void>,
  ): Unsubscribe;
}

/** The bus of a single process: listeners run in the publisher's tick, in the order they came. */
@Injectable()
export class InProcessEventBus extends EventBus {
  private readonly logger = new Logger('EventBus');
  private readonly emitter = new EventEmitter().setMaxListeners(0);

  publish<T extends EventType>(type: T, payload: DomainEvents[T]): void {
    this.emitter.emit(type, payload);
  }

  subscribe<T extends EventType>(type: T, listener: (payload: DomainEvents[T]) => void | Promise<void>): Unsubscribe {
    const onError = (err: unknown): void => this.logger.error({ err, type });
    const guarded = (payload: DomainEvents[T]): void => {
      try {
        // Most have nothing to wait for, and come with every call.
        listener(payload)?.catch(onError);
      } catch (err) {
        onError(err);
      }
    };
    this.emitter.on(type, guarded);
    return () => void this.emitter.off(type, guarded);
  }
}

import { Injectable, type BeforeApplicationShutdown, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { AccountDirectory, holds, isRevoked, type Principal } from '../../auth/index.js';
import { AppError, EventBus, type Unsubscribe } from '../../platform/index.js';
import type { LiveTurn } from './live-turn.js';

/** How many answers one person may have written at the same time. */
const TURNS_PER_USER = 4;
/** Seconds after which it is worth trying again. */
const TRY_AGAIN_SECONDS = 10;

interface Running {
  caller: Principal;
  turn: LiveTurn;
}

/**
 * The answers being written in this process: at most one for each conversation.
 *
 * One that takes minutes outlives the request that began it; it ends when its credential does, or the right to chat.
 */
@Injectable()
export class RunningTurns implements OnModuleInit, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly turns = new Map<string, Running>();
  private subscriptions: Unsubscribe[] = [];

  constructor(
    private readonly bus: EventBus,
    private readonly accounts: AccountDirectory,
  ) {}

  onModuleInit(): void {
    this.subscriptions = [
      // Sessions of an app that changed end by themselves in minutes; one app's change must not end the answers of all.
      this.bus.subscribe('credential.revoked', (revoked) =>
        this.stopWhere(({ caller }) => revoked.appId === undefined && isRevoked(revoked, caller)),
      ),
      this.bus.subscribe('user.changed', ({ userId }) =>
        this.stopWhere(({ caller }) => caller.userId === userId && !this.mayChat(userId)),
      ),
      this.bus.subscribe('role.changed', () => this.stopWhere(({ caller }) => !this.mayChat(caller.userId))),
    ];
  }

  onModuleDestroy(): void {
    for (const unsubscribe of this.subscriptions) unsubscribe();
  }

  beforeApplicationShutdown(): void {
    this.stopWhere(() => true);
  }

  /** @throws {AppError} `conversation_busy`, or `rate_limited` for somebody who has too many answers going */
  begin(caller: Principal, conversationId: string, turn: LiveTurn): void {
    if (this.turns.has(conversationId)) throw new AppError('conversation_busy');
    const own = [...this.turns.values()].filter((each) => each.caller.userId === caller.userId);
    if (own.length >= TURNS_PER_USER) throw new AppError('rate_limited', { details: { seconds: TRY_AGAIN_SECONDS } });
    this.turns.set(conversationId, { caller, turn });
  }

  end(conversationId: string): void {
    this.turns.delete(conversationId);
  }

  /** Ends the answer of a conversation, if one is being written. */
  stop(conversationId: string): void {
    this.turns.get(conversationId)?.turn.stop();
  }

  private stopWhere(matches: (running: Running) => boolean): void {
    for (const running of this.turns.values()) if (matches(running)) running.turn.stop();
  }

  private mayChat(userId: string): boolean {
    const today = this.accounts.principalOf(userId);
    return today !== undefined && holds(today, 'chat:use');
  }
}

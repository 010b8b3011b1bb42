import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { AppError } from '../../platform/index.js';
import type { LiveTurn } from './live-turn.js';

/** How many answers one person may have written at the same time. */
const TURNS_PER_USER = 4;
/** Seconds after which it is worth trying again. */
const TRY_AGAIN_SECONDS = 10;

/** The answers being written in this process: at most one for each conversation. */
@Injectable()
export class RunningTurns implements BeforeApplicationShutdown {
  private readonly turns = new Map<string, { userId: string; turn: LiveTurn }>();

  /** @throws {AppError} `conversation_busy`, or `rate_limited` for somebody who has too many answers going */
  begin(userId: string, conversationId: string, turn: LiveTurn): void {
    if (this.turns.has(conversationId)) throw new AppError('conversation_busy');
    if (this.of(userId).length >= TURNS_PER_USER)
      throw new AppError('rate_limited', { details: { seconds: TRY_AGAIN_SECONDS } });
    this.turns.set(conversationId, { userId, turn });
  }

  end(conversationId: string): void {
    this.turns.delete(conversationId);
  }

  /** Ends the answer of a conversation, if one is being written. */
  stop(conversationId: string): void {
    this.turns.get(conversationId)?.turn.stop();
  }

  /** Ends all answers of a person, who may no longer ask for them. */
  stopAllOf(userId: string): void {
    for (const turn of this.of(userId)) turn.stop();
  }

  beforeApplicationShutdown(): void {
    for (const { turn } of this.turns.values()) turn.stop();
  }

  private of(userId: string): LiveTurn[] {
    return [...this.turns.values()].filter((each) => each.userId === userId).map((each) => each.turn);
  }
}

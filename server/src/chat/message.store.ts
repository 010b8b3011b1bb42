import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { DataSource, MoreThan, Repository } from 'typeorm';
import { AppError, Clock, cutPage, decodeCursor, isMissingParent, type Page } from '../platform/index.js';
import { MessageRow } from './message.entity.js';
import type { StoredPart } from './turn/parts.js';

/** One message of a conversation. */
export interface Message {
  id: string;
  role: 'user' | 'assistant';
  parts: StoredPart[];
  createdAt: Date;
}

/** The messages of a conversation, in the order they were written. Whose it is was checked before. */
@Injectable()
export class MessageStore {
  constructor(
    private readonly source: DataSource,
    @InjectRepository(MessageRow) private readonly rows: Repository<MessageRow>,
    private readonly clock: Clock,
  ) {}

  /** Oldest first. */
  async page(conversationId: string, limit: number, cursor: string | undefined): Promise<Page<Message>> {
    const after = cursor === undefined ? 0 : Number(decodeCursor(cursor, 1)[0]);
    const rows = await this.rows.find({
      where: { conversationId, position: MoreThan(after) },
      order: { position: 'ASC' },
      take: limit + 1,
    });
    return cutPage(rows, limit, (row) => [row.position], messageOf);
  }

  /** The newest `count` messages, oldest of them first. */
  async latest(conversationId: string, count: number): Promise<Message[]> {
    const rows = await this.rows.find({ where: { conversationId }, order: { position: 'DESC' }, take: count });
    return rows.reverse().map(messageOf);
  }

  /** @throws {AppError} `not_found` when the conversation was deleted in the meantime */
  async append(
    conversationId: string,
    role: Message['role'],
    parts: StoredPart[],
    id: string = randomUUID(),
  ): Promise<Message> {
    const written = this.source.transaction(async (manager) => {
      const last = await manager.maximum(MessageRow, 'position', { conversationId });
      const position = Number(last ?? 0) + 1;
      const message: Message = { id, role, parts, createdAt: this.clock.now() };
      await manager.insert(MessageRow, { ...message, conversationId, position });
      return message;
    });
    return written.catch((error: unknown) => {
      throw isMissingParent(error) ? new AppError('not_found') : error;
    });
  }
}

const messageOf = (row: MessageRow): Message => ({
  id: row.id,
  role: row.role,
  parts: row.parts as StoredPart[],
  createdAt: row.createdAt,
});

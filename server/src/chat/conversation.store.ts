import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, type FindOptionsWhere, Repository } from 'typeorm';
import { AppError, Clock, cutPage, decodeCursor, type Page } from '../platform/index.js';
import { ConversationRow } from './conversation.entity.js';

export type ConversationValues = Partial<Pick<ConversationRow, 'title' | 'serviceIds' | 'modelId'>>;

/** The conversations of one person at a time: every query names the owner. */
@Injectable()
export class ConversationStore {
  constructor(
    @InjectRepository(ConversationRow) private readonly rows: Repository<ConversationRow>,
    private readonly clock: Clock,
  ) {}

  /** Last used first. */
  async page(userId: string, limit: number, cursor: string | undefined): Promise<Page<ConversationRow>> {
    const rows = await this.rows.find({
      where: cursor === undefined ? { userId } : before(userId, cursor),
      order: { updatedAt: 'DESC', id: 'DESC' },
      take: limit + 1,
    });
    return cutPage(
      rows,
      limit,
      (row) => [row.updatedAt.getTime(), row.id],
      (row) => row,
    );
  }

  /** @throws {AppError} `not_found`, also for somebody else's */
  async get(userId: string, id: string): Promise<ConversationRow> {
    const row = await this.rows.findOneBy({ id, userId });
    if (!row) throw new AppError('not_found');
    return row;
  }

  async create(userId: string, values: ConversationValues): Promise<ConversationRow> {
    const now = this.clock.now();
    const row: ConversationRow = {
      id: randomUUID(),
      userId,
      title: values.title ?? null,
      serviceIds: values.serviceIds ?? [],
      modelId: values.modelId ?? null,
      createdAt: now,
      updatedAt: now,
    };
    await this.rows.insert(row);
    return row;
  }

  /**
   * Sets what is given, and marks the conversation as used now.
   *
   * @throws {AppError} `not_found`
   */
  async update(userId: string, id: string, values: ConversationValues): Promise<ConversationRow> {
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
    const { affected } = await this.rows.update({ id, userId }, { ...given, updatedAt: this.clock.now() });
    if (affected !== 1) throw new AppError('not_found');
    return this.get(userId, id);
  }

  /** @throws {AppError} `not_found` */
  async delete(userId: string, id: string): Promise<void> {
    const { affected } = await this.rows.delete({ id, userId });
    if (affected !== 1) throw new AppError('not_found');
  }
}

function before(userId: string, cursor: string): FindOptionsWhere<ConversationRow>[] {
  const [atMs, id] = decodeCursor(cursor, 2);
  const updatedAt = new Date(Number(atMs));
  return [
    { userId, updatedAt: LessThan(updatedAt) },
    { userId, updatedAt, id: LessThan(String(id)) },
  ];
}

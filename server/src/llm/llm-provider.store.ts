import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { MoreThan, type EntityManager, Repository } from 'typeorm';
import { AppError, Clock, cutPage, decodeCursor, isUniqueViolation, type Page } from '../platform/index.js';
import { LlmProviderRow } from './llm-provider.entity.js';

export type ProviderValues = Omit<LlmProviderRow, 'id' | 'version' | 'createdAt' | 'updatedAt'>;

/** The table of providers. Writing takes the manager of the caller's transaction. */
@Injectable()
export class LlmProviderStore {
  constructor(
    @InjectRepository(LlmProviderRow) private readonly rows: Repository<LlmProviderRow>,
    private readonly clock: Clock,
  ) {}

  /** By name. */
  async page(limit: number, cursor: string | undefined): Promise<Page<LlmProviderRow>> {
    const after = cursor === undefined ? undefined : String(decodeCursor(cursor, 1)[0]);
    const rows = await this.rows.find({
      where: after === undefined ? {} : { name: MoreThan(after) },
      order: { name: 'ASC' },
      take: limit + 1,
    });
    return cutPage(
      rows,
      limit,
      (row) => [row.name],
      (row) => row,
    );
  }

  /** Those that may be used, oldest first. */
  enabled(): Promise<LlmProviderRow[]> {
    return this.rows.find({ where: { enabled: true }, order: { createdAt: 'ASC', id: 'ASC' } });
  }

  /** @throws {AppError} `not_found` */
  async get(id: string): Promise<LlmProviderRow> {
    const row = await this.rows.findOneBy({ id });
    if (!row) throw new AppError('not_found');
    return row;
  }

  findByName(name: string): Promise<LlmProviderRow | null> {
    return this.rows.findOneBy({ name });
  }

  /** @throws {AppError} `conflict` for a name that is taken */
  async insert(manager: EntityManager, values: ProviderValues, id = randomUUID()): Promise<LlmProviderRow> {
    const now = this.clock.now();
    const row: LlmProviderRow = { ...values, id, version: 1, createdAt: now, updatedAt: now };
    // A copy: the driver for MariaDB turns the booleans of what it inserts into numbers.
    await unlessNameTaken(values.name, () => manager.insert(LlmProviderRow, { ...row }));
    return row;
  }

  /** @throws {AppError} `stale_version` when `version` is not the stored one, `conflict` for a name that is taken */
  async update(manager: EntityManager, row: LlmProviderRow, version: number): Promise<LlmProviderRow> {
    const { id, createdAt: _, ...values } = row;
    const next = { ...values, version: version + 1, updatedAt: this.clock.now() };
    const { affected } = await unlessNameTaken(row.name, () => manager.update(LlmProviderRow, { id, version }, next));
    if (affected !== 1) throw new AppError('stale_version');
    return { ...row, ...next };
  }

  async delete(manager: EntityManager, id: string): Promise<void> {
    await manager.delete(LlmProviderRow, { id });
  }

  /** At most one provider is the default. */
  async clearDefault(manager: EntityManager): Promise<void> {
    await manager.update(LlmProviderRow, { isDefault: true }, { isDefault: false });
  }

  countIn(manager: EntityManager): Promise<number> {
    return manager.count(LlmProviderRow);
  }
}

async function unlessNameTaken<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError('conflict', { details: { what: name }, cause: error });
    throw error;
  }
}

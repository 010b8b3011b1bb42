import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull } from 'typeorm';
import { ApiKeyRecord } from './api-key.entity.js';

/** A key that works, as others may speak of it. */
export interface NamedKey {
  readonly id: string;
  readonly name: string;
  readonly userId: string;
}

/** Finds keys for modules that keep something about them. */
@Injectable()
export class ApiKeyBook {
  constructor(private readonly source: DataSource) {}

  /** Those of `ids` that exist and are not revoked. */
  async find(ids: readonly string[]): Promise<ReadonlyMap<string, NamedKey>> {
    if (ids.length === 0) return new Map();
    const keys = await this.source.manager.find(ApiKeyRecord, {
      select: { id: true, name: true, userId: true },
      where: { id: In([...ids]), revokedAt: IsNull() },
    });
    return new Map(keys.map(({ id, name, userId }) => [id, { id, name, userId }]));
  }
}

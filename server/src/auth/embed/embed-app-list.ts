import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { cutPage, decodeCursor, type Page, type PageQuery } from '../../platform/index.js';
import type { EmbedApp } from './embed.dto.js';
import { EmbedAppRecord } from './embed.entity.js';

/** Shows embed apps by name, without their secrets. */
@Injectable()
export class EmbedAppList {
  constructor(private readonly source: DataSource) {}

  async list({ limit = 50, cursor }: PageQuery): Promise<Page<EmbedApp>> {
    const select = this.source.manager
      .createQueryBuilder(EmbedAppRecord, 'app')
      .orderBy('app.name')
      .take(limit + 1);
    if (cursor !== undefined) select.where('app.name > :name', { name: decodeCursor(cursor, 1)[0] });
    return cutPage(await select.getMany(), limit, (row) => [row.name], embedAppView);
  }
}

export const embedAppView = (app: EmbedAppRecord): EmbedApp => ({
  id: app.id,
  name: app.name,
  allowedOrigins: app.allowedOrigins,
  createUsers: app.createUsers,
  prefix: app.prefix,
  createdAt: app.createdAt.toISOString(),
  lastUsedAt: app.lastUsedAt?.toISOString() ?? null,
  version: app.version,
});

import { once } from 'node:events';
import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { Caller, RequirePermission, type Principal } from '../../auth/index.js';
import { AdminTrail, Clock, whenClosed } from '../../platform/index.js';
import { CallExport } from './call-export.js';
import { CallExportQuery } from './export.dto.js';

/** How long a reader may take nothing, ms. */
const READER_PATIENCE_MS = 30_000;

const TYPES = { csv: 'text/csv; charset=utf-8', jsonl: 'application/jsonl; charset=utf-8' };

@ApiTags('audit')
@Controller('api/audit/calls/export')
export class ExportController {
  constructor(
    private readonly exports: CallExport,
    private readonly trail: AdminTrail,
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  @Get()
  @RequirePermission('audit:export')
  @ApiOperation({ operationId: 'exportCalls', summary: 'Calls as a file, CSV or JSON lines; itself on the trail' })
  @ApiProduces('text/csv', 'application/jsonl')
  @ApiOkResponse({ schema: { type: 'string' } })
  async export(@Caller() caller: Principal, @Query() query: CallExportQuery, @Res() response: Response): Promise<void> {
    const giveBack = this.exports.reserve();
    whenClosed(response, giveBack);
    try {
      await this.record(caller, query);
      const day = this.clock.now().toISOString().slice(0, 10);
      response.writeHead(200, {
        'Content-Type': TYPES[query.format],
        'Content-Disposition': `attachment; filename="gatehouse-calls-${day}.${query.format}"`,
        'Cache-Control': 'no-store',
      });
      await send(this.exports.lines(query, caller), response);
    } finally {
      giveBack();
    }
  }

  private async record(caller: Principal, query: CallExportQuery): Promise<void> {
    await this.database.transaction((manager) =>
      this.trail.record(manager, {
        action: 'audit.export',
        actor: { id: caller.userId, label: caller.email },
        target: { kind: 'calls', id: query.format, name: 'calls' },
        changes: { ...query },
      }),
    );
  }
}

/** As fast as it is read. A file that cannot be completed is cut, so that nobody takes it for whole. */
async function send(lines: AsyncIterable<string>, response: Response): Promise<void> {
  try {
    for await (const text of lines) {
      if (response.destroyed) return;
      if (!response.write(text)) await once(response, 'drain', { signal: AbortSignal.timeout(READER_PATIENCE_MS) });
    }
    response.end();
  } catch {
    response.destroy();
  }
}

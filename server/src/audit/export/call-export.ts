import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Principal } from '../../auth/index.js';
import { AppError } from '../../platform/index.js';
import { CallSearch } from '../calls/call-search.js';
import type { CallDetail } from '../calls/call.dto.js';
import { csvLine } from './csv.js';
import type { CallExportQuery, ExportFormat } from './export.dto.js';

const PAGE = 100;
/** Between two pages, ms: an export must not take the database from those who call. */
const PAUSE_MS = 50;
/** Exports at a time. */
const MOST_AT_ONCE = 2;

const COLUMNS = [
  'id',
  'at',
  'door',
  'status',
  'decision',
  'error_code',
  'rule',
  'user_id',
  'user_email',
  'user_name',
  'credential_kind',
  'credential_id',
  'credential_name',
  'service_id',
  'service_name',
  'tool',
  'chat_id',
  'profile',
  'duration_ms',
  'request_bytes',
  'response_bytes',
  'cached',
  'request',
  'response',
] as const;

/** Calls as lines of a file, newest first, a page at a time. */
@Injectable()
export class CallExport {
  private running = 0;

  constructor(private readonly search: CallSearch) {}

  /** A place for one export. @throws {AppError} `rate_limited` */
  reserve(): () => void {
    if (this.running >= MOST_AT_ONCE) throw new AppError('rate_limited', { details: { seconds: 30 } });
    this.running += 1;
    let isHeld = true;
    return () => {
      if (isHeld) this.running -= 1;
      isHeld = false;
    };
  }

  async *lines(query: CallExportQuery, principal: Principal): AsyncGenerator<string> {
    const { format, ...filters } = query;
    // Spreadsheets take a file without a mark for one of the machine's old code page.
    if (format === 'csv') yield `\ufeff${csvLine(COLUMNS)}`;
    for (let cursor: string | undefined; ;) {
      const page = await this.search.details({ ...filters, limit: PAGE, ...(cursor && { cursor }) }, principal);
      if (page.items.length > 0) yield page.items.map((call) => lineOf(call, format)).join('');
      if (!page.nextCursor) return;
      cursor = page.nextCursor;
      await pause(PAUSE_MS);
    }
  }
}

const lineOf = (call: CallDetail, format: ExportFormat): string =>
  format === 'csv' ? csvLine(cellsOf(call)) : `${JSON.stringify(call)}\n`;

const cellsOf = (call: CallDetail): (string | number | boolean | null)[] => [
  call.id,
  call.at,
  call.door,
  call.status,
  call.decision,
  call.errorCode,
  call.rule,
  call.user.id,
  call.user.email,
  call.user.name,
  call.credential.kind,
  call.credential.id,
  call.credential.name,
  call.service.id,
  call.service.name,
  call.tool,
  call.chatId,
  call.profile,
  call.durationMs,
  call.requestBytes,
  call.responseBytes,
  call.cached,
  call.request === null ? null : JSON.stringify(call.request),
  call.response === null ? null : JSON.stringify(call.response),
];

import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository, SelectQueryBuilder } from 'typeorm';
import { holds, type Principal } from '../../auth/index.js';
import { Clock } from '../../platform/index.js';
import { CallRecord } from '../calls/call-record.entity.js';
import { onlyOwn } from '../calls/own-calls.js';
import { EDGES, percentile } from './percentile.js';
import type { UsageDimension, UsageQuery, UsageReport, UsageRow } from './usage.dto.js';

const DAY_MS = 86_400_000;
const DEFAULT_RANGE_MS = 30 * DAY_MS;
const MAX_ROWS = 500;

type Raw = Record<string, string | number | null>;

/** Counts calls by service, tool, user or day. Without `usage:read` everybody counts exactly their own, a key those made with it. */
@Injectable()
export class UsageStatistics {
  constructor(
    @InjectRepository(CallRecord) private readonly records: Repository<CallRecord>,
    private readonly clock: Clock,
  ) {}

  async report(query: UsageQuery, principal: Principal): Promise<UsageReport> {
    const to = query.to ? Date.parse(query.to) : this.clock.now().getTime();
    const from = query.from ? Date.parse(query.from) : to - DEFAULT_RANGE_MS;
    const by = query.by ?? 'service';
    const offsetMs = (query.utcOffsetMinutes ?? 0) * 60_000;
    const rows = await group(this.within(from, to, principal), by, offsetMs).getRawMany<Raw>();
    const total = await this.within(from, to, principal).getRawOne<Raw>();
    const items = rows.map((row) => usageRow(row, keyOf(by, row)));
    return {
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      items: by === 'day' ? everyDay(items, from, to, offsetMs) : items,
      total: usageRow(total ?? {}, { key: 'total', label: 'total' }),
    };
  }

  /** The tools called most since `from`. */
  async topTools(
    from: Date,
    limit: number,
    principal: Principal,
  ): Promise<{ service: string; tool: string; calls: number }[]> {
    const everything = this.within(from.getTime(), this.clock.now().getTime() + 1, principal);
    const rows = await group(everything, 'tool').limit(limit).getRawMany<Raw>();
    return rows.map((row) => ({
      service: String(row['service_name']),
      tool: String(row['tool_name']),
      calls: Number(row['calls']),
    }));
  }

  private within(from: number, to: number, principal: Principal): SelectQueryBuilder<CallRecord> {
    const builder = measured(this.records.createQueryBuilder('call'));
    builder.where('call.createdAt >= :from AND call.createdAt < :to', { from, to });
    if (!holds(principal, 'usage:read')) onlyOwn(builder, principal);
    return builder;
  }
}

const FINISHED = "call.duration_ms IS NOT NULL AND call.decision = 'allow'";

function measured(builder: SelectQueryBuilder<CallRecord>): SelectQueryBuilder<CallRecord> {
  builder
    .select('COUNT(*)', 'calls')
    .addSelect("SUM(CASE WHEN call.status IN ('error', 'unknown', 'cancelled') THEN 1 ELSE 0 END)", 'errors')
    .addSelect("SUM(CASE WHEN call.decision = 'deny' THEN 1 ELSE 0 END)", 'denied')
    .addSelect(`AVG(CASE WHEN ${FINISHED} THEN call.duration_ms END)`, 'avg_ms')
    .addSelect(`SUM(CASE WHEN ${FINISHED} THEN 1 ELSE 0 END)`, 'finished');
  EDGES.forEach((edge, index) => {
    builder.addSelect(
      `SUM(CASE WHEN ${FINISHED} AND call.duration_ms <= ${edge} THEN 1 ELSE 0 END)`,
      `at_most_${index}`,
    );
  });
  return builder;
}

function group(
  builder: SelectQueryBuilder<CallRecord>,
  by: UsageDimension,
  offsetMs = 0,
): SelectQueryBuilder<CallRecord> {
  if (by === 'day') {
    // A day as its first millisecond in the reader's time: plain integer arithmetic means the same on both databases.
    const local = `(call.created_at + ${offsetMs})`;
    return builder.addSelect(`${local} - (${local} % ${DAY_MS})`, 'day').groupBy('day').orderBy('day', 'ASC');
  }
  if (by === 'user')
    builder
      .addSelect('call.user_id', 'user_id')
      .addSelect('MAX(call.user_email)', 'user_email')
      .groupBy('call.user_id');
  if (by === 'service' || by === 'tool') {
    builder
      .addSelect('call.service_id', 'service_id')
      .addSelect('MAX(call.service_name)', 'service_name')
      .groupBy('call.service_id');
  }
  if (by === 'tool') builder.addSelect('call.tool_name', 'tool_name').addGroupBy('call.tool_name');
  return builder.orderBy('calls', 'DESC').limit(MAX_ROWS);
}

function keyOf(by: UsageDimension, row: Raw): Pick<UsageRow, 'key' | 'label'> {
  const text = (name: string): string => String(row[name] ?? '');
  switch (by) {
    case 'day':
      return dayKey(Number(row['day']));
    case 'user':
      return { key: text('user_id'), label: text('user_email') };
    case 'service':
      return { key: text('service_id'), label: text('service_name') };
    case 'tool':
      return {
        key: `${text('service_id')}/${text('tool_name')}`,
        label: `${text('service_name')} · ${text('tool_name')}`,
      };
  }
}

/** `localMs` counts from the epoch in the reader's time, so its UTC date is the reader's date. */
const dayKey = (localMs: number): Pick<UsageRow, 'key' | 'label'> => {
  const day = new Date(localMs).toISOString().slice(0, 10);
  return { key: day, label: day };
};

/** Databases answer sums as text or numbers. */
function usageRow(row: Raw, name: Pick<UsageRow, 'key' | 'label'>): UsageRow {
  const number = (column: string): number => Number(row[column] ?? 0);
  const atMost = EDGES.map((_, index) => number(`at_most_${index}`));
  return {
    ...name,
    calls: number('calls'),
    errors: number('errors'),
    denied: number('denied'),
    avgMs: Math.round(number('avg_ms')),
    p95Ms: percentile(atMost, number('finished'), 0.95),
  };
}

/** A chart needs the days without calls too; bounded, because the range is the caller's. */
function everyDay(items: UsageRow[], from: number, to: number, offsetMs: number): UsageRow[] {
  const known = new Map(items.map((item) => [item.key, item]));
  const days: UsageRow[] = [];
  const first = from + offsetMs - ((from + offsetMs) % DAY_MS);
  for (let day = first; day < to + offsetMs && days.length < MAX_ROWS; day += DAY_MS) {
    const name = dayKey(day);
    days.push(known.get(name.key) ?? { ...name, calls: 0, errors: 0, denied: 0, avgMs: 0, p95Ms: 0 });
  }
  return days;
}

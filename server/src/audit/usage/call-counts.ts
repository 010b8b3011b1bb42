import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { CallRecord } from '../calls/call-record.entity.js';

export const COUNTED_BY = ['user', 'key', 'service', 'tool'] as const;
export type CountedBy = (typeof COUNTED_BY)[number];

/** How many calls one of them made, or got. */
export interface CallCount {
  /** Of the user, key or service; for a tool, of its service. */
  readonly id: string;
  /** Empty for anything but a tool. */
  readonly tool: string;
  readonly calls: number;
}

/** Counts the calls on record that were let through, for whoever limits them. */
@Injectable()
export class CallCounts {
  constructor(@InjectRepository(CallRecord) private readonly records: Repository<CallRecord>) {}

  /** One row for each user, key, service or tool with a call since `from`. */
  async since(from: Date, by: CountedBy): Promise<CallCount[]> {
    const id = { user: 'call.user_id', key: 'call.credential_id', service: 'call.service_id', tool: 'call.service_id' };
    const builder = this.records
      .createQueryBuilder('call')
      .select(id[by], 'id')
      .addSelect('COUNT(*)', 'calls')
      .where("call.createdAt >= :from AND call.decision = 'allow' AND call.service_id IS NOT NULL", {
        from: from.getTime(),
      })
      .groupBy(id[by]);
    if (by === 'key') builder.andWhere("call.credential_kind = 'api-key'");
    if (by === 'tool') builder.addSelect('call.tool_name', 'tool').addGroupBy('call.tool_name');
    const rows = await builder.getRawMany<{ id: string; tool?: string; calls: string | number }>();
    return rows.map(({ id, tool = '', calls }) => ({ id, tool, calls: Number(calls) }));
  }
}

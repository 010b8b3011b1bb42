import { Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { JsonColumn, MomentColumn } from '../../platform/index.js';
import { ServiceRow } from '../registry/service.entity.js';
import type { ToolRecord } from './tool-record.js';

/** What was accepted, and what is held, of the tools of one service. */
@Entity('mcp_service_tool_review')
export class ToolReviewRow {
  @PrimaryColumn({ name: 'service_id', type: 'varchar', length: 36 })
  serviceId: string;

  @ManyToOne(() => ServiceRow, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'service_id', foreignKeyConstraintName: 'fk_mcp_service_tool_review_service' })
  service?: Relation<ServiceRow>;

  /** By the tool's own name, as a list: names are foreign and must not become keys. */
  @JsonColumn()
  tools: readonly (readonly [string, ToolRecord])[];

  @MomentColumn({ name: 'updated_at' })
  updatedAt: Date;
}

import { Column, Entity, Index } from 'typeorm';
import { FlagColumn, IdColumn, JsonColumn, MomentColumn, RefColumn, longText } from '../../platform/index.js';
import type { Capabilities } from '../capabilities/capabilities.js';
import type { AccessControl, Bilingual, ConnectionConfig, ServiceStatus, ServiceType } from '../definition.js';

/** A registered MCP server. */
@Entity('mcp_service')
@Index('uq_mcp_service_slug', ['slug'], { unique: true })
export class ServiceRow {
  @IdColumn()
  id: string;

  @Column({ type: 'varchar', length: 32 })
  slug: string;

  @Column({ type: 'varchar', length: 120 })
  name: string;

  @JsonColumn({ name: 'display_name' })
  displayName: Bilingual;

  @JsonColumn()
  description: Bilingual;

  @Column({ type: 'varchar', length: 64, nullable: true })
  category: string | null;

  @JsonColumn()
  tags: readonly string[];

  @Column({ type: 'varchar', length: 16 })
  type: ServiceType;

  @Column({ type: 'varchar', length: 2048, nullable: true })
  url: string | null;

  @JsonColumn()
  config: ConnectionConfig;

  /** The credentials, sealed for this row; null without any. */
  @Column({ type: longText(), nullable: true })
  auth: string | null;

  @FlagColumn(true)
  enabled: boolean;

  @Column({ type: 'varchar', length: 16 })
  status: ServiceStatus;

  /** What the service offered when last asked, its era verdict included; null until then. */
  @JsonColumn({ nullable: true })
  capabilities: Capabilities | null;

  @JsonColumn({ name: 'access_control' })
  accessControl: AccessControl;

  /** A user's id; null when the declaration file made it. */
  @RefColumn({ name: 'created_by', nullable: true })
  createdBy: string | null;

  @MomentColumn({ name: 'created_at' })
  createdAt: Date;

  @MomentColumn({ name: 'updated_at' })
  updatedAt: Date;

  /** Grows with every change by a person; what the service itself reports does not count. */
  @Column({ type: 'int' })
  version: number;
}

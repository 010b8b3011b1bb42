import { Column, Entity, Index } from 'typeorm';
import { FlagColumn, IdColumn, JsonColumn, MomentColumn, RefColumn, longText } from '../../platform/index.js';
import type { Bilingual } from '../../services/index.js';
import type { ProfileMode } from '../definition.js';

/** A profile without its items and grants. */
@Entity('mcp_profile')
@Index('uq_mcp_profile_slug', ['slug'], { unique: true })
export class ProfileRow {
  @IdColumn()
  id: string;

  @Column({ type: 'varchar', length: 32 })
  slug: string;

  @JsonColumn({ name: 'display_name' })
  displayName: Bilingual;

  @JsonColumn()
  description: Bilingual;

  @Column({ type: longText() })
  instructions: string;

  @Column({ type: 'varchar', length: 16 })
  mode: ProfileMode;

  @FlagColumn(true)
  enabled: boolean;

  /** A user's id; null when no person made it. */
  @RefColumn({ name: 'created_by', nullable: true })
  createdBy: string | null;

  @MomentColumn({ name: 'created_at' })
  createdAt: Date;

  @MomentColumn({ name: 'updated_at' })
  updatedAt: Date;

  /** Grows with every change of settings or items. */
  @Column({ type: 'int' })
  version: number;
}

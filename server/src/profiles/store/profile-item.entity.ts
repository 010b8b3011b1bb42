import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { FlagColumn, IdColumn, JsonColumn, RefColumn, longText } from '../../platform/index.js';
import { ProfileRow } from './profile.entity.js';

/**
 * One item of a profile. It outlives its service, so that people see what is missing. Where it is about a whole service
 * the column `tool` holds an empty text, not null: a unique index treats every null as different.
 */
@Entity('mcp_profile_item')
@Index('uq_mcp_profile_item', ['profileId', 'serviceId', 'tool'], { unique: true })
export class ProfileItemRow {
  @IdColumn()
  id: string;

  @RefColumn({ name: 'profile_id' })
  profileId: string;

  @ManyToOne(() => ProfileRow, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'profile_id', foreignKeyConstraintName: 'fk_mcp_profile_item_profile' })
  profile?: Relation<ProfileRow>;

  /** Place in the list, from 0. */
  @Column({ type: 'int' })
  position: number;

  @RefColumn({ name: 'service_id' })
  serviceId: string;

  @Column({ name: 'service_name', type: 'varchar', length: 120 })
  serviceName: string;

  /** Empty for the whole service. */
  @Column({ type: 'varchar', length: 128 })
  tool: string;

  @Column({ type: 'varchar', length: 64, nullable: true })
  alias: string | null;

  @Column({ type: longText(), nullable: true })
  description: string | null;

  @FlagColumn(false)
  content: boolean;

  /** `except` alone is a word of SQL. */
  @JsonColumn({ name: 'except_tools' })
  except: readonly string[];
}

/** The columns alone, without the relation, which only the foreign key needs. */
export type ProfileItemColumns = Omit<ProfileItemRow, 'profile'>;

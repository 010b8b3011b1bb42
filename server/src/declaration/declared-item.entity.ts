import { Column, Entity, PrimaryColumn } from 'typeorm';
import { MomentColumn } from '../platform/index.js';

/** What of a declaration was applied last, so that a change by hand can be told from a change of the file. */
@Entity('declared_item')
export class DeclaredItem {
  @PrimaryColumn({ type: 'varchar', length: 16 })
  kind: string;

  /** Slug, name or e-mail address. */
  @PrimaryColumn({ name: 'item_key', type: 'varchar', length: 254 })
  key: string;

  /** Digest of the declared item, sealed because the item may hold secrets that could be guessed. */
  @Column({ type: 'varchar', length: 512 })
  digest: string;

  @MomentColumn({ name: 'applied_at' })
  appliedAt: Date;
}

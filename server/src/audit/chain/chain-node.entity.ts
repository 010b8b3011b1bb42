import { Column, Entity, PrimaryColumn } from 'typeorm';
import { MomentColumn } from '../../platform/index.js';

/** Who writes a chain: one installation's data folder. Its chain begins with this row's MAC. */
@Entity('audit_node')
export class ChainNodeRow {
  @PrimaryColumn({ type: 'varchar', length: 16 })
  id: string;

  @MomentColumn({ name: 'created_at' })
  createdAt: Date;

  /** Records that were there before this chain, and are in none. */
  @Column({ name: 'records_before', type: 'bigint' })
  recordsBefore: number;

  /** Ed25519, SPKI in base64url. */
  @Column({ name: 'public_key', type: 'varchar', length: 120 })
  publicKey: string;

  /** Sealed. */
  @Column({ name: 'signing_key', type: 'varchar', length: 512 })
  signingKey: string;

  @Column({ name: 'key_id', type: 'varchar', length: 32 })
  keyId: string;

  /** Over id, moment, count and public key: who exchanges the key is found. */
  @Column({ type: 'varchar', length: 43 })
  mac: string;
}

import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The one row that every change of accounts locks first and counts up, so that such changes happen one after another. */
@Entity('auth_epoch')
export class AccountEpoch {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id: string;

  @Column({ type: 'int' })
  epoch: number;
}

export const EPOCH_ROW = 'accounts';

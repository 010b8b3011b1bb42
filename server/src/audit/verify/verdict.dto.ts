import { ApiProperty } from '@nestjs/swagger';
import type { FaultKind } from './fault.js';

const FAULTS = [
  'entry-missing',
  'entry-altered',
  'entry-foreign',
  'record-missing',
  'record-altered',
  'record-unchained',
  'truncated',
  'checkpoint-forged',
  'anchor-forged',
  'gap-forged',
  'node-altered',
  'key-missing',
] as const satisfies FaultKind[];

/** What is wrong with a chain, and where it begins to be. */
export class ChainFault {
  @ApiProperty({ enum: FAULTS, enumName: 'ChainFaultKind' })
  kind: FaultKind;

  /** Number of the first entry that is not as it was written; null where there is none. */
  @ApiProperty({ type: Number, nullable: true })
  seq: number | null;

  /** In words. */
  what: string;
}

/** One node's chain, as far as it was looked at. */
export class ChainVerdict {
  node: string;

  /** Ed25519 key that its checkpoints are signed with, SPKI in base64url. */
  publicKey: string;

  /** Null where the chain is broken. */
  @ApiProperty({ type: Number, nullable: true })
  first: number | null;

  @ApiProperty({ type: Number, nullable: true })
  last: number | null;

  entries: number;
  checkpoints: number;

  /** Retention took entries up to this one, as declared; 0 for none. */
  prunedThrough: number;

  @ApiProperty({ type: ChainFault, nullable: true })
  fault: ChainFault | null;
}

/** Whether the newest part of the record is what was written. */
export class AuditVerdict {
  valid: boolean;

  /** When it was looked, ISO 8601. */
  @ApiProperty({ format: 'date-time' })
  at: string;

  chains: ChainVerdict[];
}

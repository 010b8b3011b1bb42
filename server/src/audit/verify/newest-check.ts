import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock, SecretBox } from '../../platform/index.js';
import { ChainVerifier, type NodeVerdict } from './chain-verifier.js';
import type { AuditVerdict, ChainVerdict } from './verdict.dto.js';

const NEWEST = 1_000;
/** Of installations that are gone, the chains are left to the command. */
const CHAINS = 5;

/** A look at the newest entries. Whoever asks while it is under way gets the same answer. */
@Injectable()
export class NewestCheck {
  private running: Promise<AuditVerdict> | undefined;

  constructor(
    private readonly database: DataSource,
    private readonly box: SecretBox,
    private readonly clock: Clock,
  ) {}

  look(): Promise<AuditVerdict> {
    return (this.running ??= this.verify().finally(() => (this.running = undefined)));
  }

  private async verify(): Promise<AuditVerdict> {
    const verifier = new ChainVerifier(this.database.query.bind(this.database), this.box);
    const { isValid, nodes } = await verifier.verifyNewest(NEWEST, CHAINS);
    return { valid: isValid, at: this.clock.now().toISOString(), chains: nodes.map(view) };
  }
}

const view = (verdict: NodeVerdict): ChainVerdict => ({
  node: verdict.node,
  publicKey: verdict.publicKey,
  first: verdict.first ?? null,
  last: verdict.last ?? null,
  entries: verdict.entries ?? 0,
  checkpoints: verdict.checkpoints ?? 0,
  prunedThrough: verdict.prunedThrough ?? 0,
  fault: verdict.fault && { kind: verdict.fault.kind, seq: verdict.fault.seq ?? null, what: verdict.fault.what },
});

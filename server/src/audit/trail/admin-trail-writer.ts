import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AdminTrail, Clock, RequestContext, SecretBox, type AdminChange } from '../../platform/index.js';
import { trailMac } from '../chain/chain-keys.js';
import { mask } from '../mask.js';
import { TrailEntry } from './trail-entry.entity.js';
import { trailValues } from './trail-columns.js';
import { TrailSealer } from './trail-sealer.js';

/** Writes administrative changes with the transaction that makes them; a moment later they are sealed into the chain. */
@Injectable()
export class AdminTrailWriter extends AdminTrail {
  constructor(
    private readonly clock: Clock,
    private readonly box: SecretBox,
    private readonly sealer: TrailSealer,
  ) {
    super();
  }

  async record(manager: EntityManager, change: AdminChange): Promise<void> {
    const context = RequestContext.current();
    const entry = {
      id: randomUUID(),
      at: this.clock.now(),
      actorId: change.actor?.id ?? null,
      actorLabel: change.actor?.label ?? null,
      action: change.action,
      targetKind: change.target.kind,
      targetId: change.target.id,
      targetName: change.target.name.slice(0, 254),
      changes: (mask(change.changes ?? null) as Record<string, never> | null) ?? null,
      ip: context.ip,
      requestId: context.requestId,
    };
    await manager.insert(TrailEntry, { ...entry, mac: trailMac(this.box, trailValues(entry)), mark: null });
    context.trailed = true;
    this.sealer.soon();
  }
}

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AdminTrail, Clock, RequestContext, SecretBox, type AdminChange } from '../../platform/index.js';
import { TrailEntry } from './trail-entry.entity.js';
import { trailRow } from './trail-row.js';
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
    await manager.insert(TrailEntry, trailRow(change, this.clock.now(), this.box));
    RequestContext.current().trailed = true;
    this.sealer.soon();
  }
}

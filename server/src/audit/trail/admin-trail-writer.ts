import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AdminTrail, Clock, RequestContext, type AdminChange } from '../../platform/index.js';
import { mask } from '../mask.js';
import { TrailEntry } from './trail-entry.entity.js';

/** Writes administrative changes with the transaction that makes them. */
@Injectable()
export class AdminTrailWriter extends AdminTrail {
  constructor(private readonly clock: Clock) {
    super();
  }

  async record(manager: EntityManager, change: AdminChange): Promise<void> {
    const context = RequestContext.current();
    await manager.insert(TrailEntry, {
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
    });
    context.trailed = true;
  }
}

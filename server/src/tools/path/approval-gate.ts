import { Injectable } from '@nestjs/common';
import type { Door } from '@gatehouse/contracts';
import { AppError } from '../../platform/index.js';
import type { Approval } from '../../services/index.js';

/** Doors at which a person pressed the button for exactly this call. */
const OWN_ACT: ReadonlySet<Door> = new Set(['direct', 'test', 'rest', 'job', 'batch', 'inspector']);

/**
 * Step 4, approve: what policy wants a person to look at first.
 *
 * A model's or another program's call does not count as a person's act; `four-eyes` wants a second person, whom nobody can
 * name yet, so it refuses everywhere.
 */
@Injectable()
export class ApprovalGate {
  /** @throws {AppError} `approval_required` */
  check(tool: string, approval: Approval, door: Door): void {
    if (approval === 'never' || approval === 'user') return;
    if (approval === 'always' && OWN_ACT.has(door)) return;
    throw new AppError('approval_required', { details: { tool } });
  }
}

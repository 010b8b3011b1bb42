import type { EntityManager } from 'typeorm';

/** One administrative change, as the trail keeps it. */
export interface AdminChange {
  /** `area.verb`, for example `service.update`. */
  action: string;
  actor: { id: string; label: string } | null;
  target: { kind: string; id: string; name: string };
  /** What changed, without secrets; `{before, after}` per field where there was a before. */
  changes?: Record<string, unknown>;
}

/**
 * Where administrative changes are written down. The port stands here so that every module can use it;
 * the module `audit` implements it.
 */
export abstract class AdminTrail {
  /** Must be called with the manager of the transaction that makes the change, so that both happen or neither. */
  abstract record(manager: EntityManager, change: AdminChange): Promise<void>;
}

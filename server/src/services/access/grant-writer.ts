import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { AdminTrail, AppError, Clock } from '../../platform/index.js';
import { actorOf, type Author } from '../author.js';
import { say } from '../say.js';
import type { DraftGrant, GrantSubject } from './grant.dto.js';
import { GrantRow, type GrantColumns } from './grant.entity.js';
import { grantOf, keyOf, type StoredGrant } from './grant-rows.js';
import { People } from './people.js';

/** The service that grants are about, as the trail names it. */
export type NamedService = { readonly id: string; readonly name: string };

/** Writes grants, each with its line on the trail, inside a transaction of its caller. */
@Injectable()
export class GrantWriter {
  constructor(
    private readonly people: People,
    private readonly trail: AdminTrail,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws {AppError} `validation_failed` for a subject that does not exist; a unique violation for a grant that does
   */
  async insert(manager: EntityManager, service: NamedService, draft: DraftGrant, author: Author): Promise<StoredGrant> {
    this.demandSubject(draft.subject);
    const row: GrantColumns = {
      id: randomUUID(),
      serviceId: service.id,
      subjectKind: draft.subject.kind,
      subjectId: draft.subject.id ?? '',
      tool: draft.tool ?? '',
      effect: draft.effect,
      createdBy: author.id,
      createdAt: this.clock.now(),
    };
    await manager.insert(GrantRow, row);
    const grant = grantOf(row);
    await this.record(manager, 'grant.create', grant, service, author);
    return grant;
  }

  async delete(manager: EntityManager, grant: StoredGrant, service: NamedService, author: Author): Promise<void> {
    await manager.delete(GrantRow, { id: grant.id });
    await this.record(manager, 'grant.delete', grant, service, author);
  }

  /**
   * Makes the grants of a service be exactly `drafts`; those that stay keep their ids.
   *
   * @returns how many were made or taken back
   */
  async replace(
    manager: EntityManager,
    service: NamedService,
    drafts: readonly DraftGrant[],
    author: Author,
  ): Promise<number> {
    const missing = new Map(drafts.map((draft) => [keyOf(draft), draft]));
    let deleted = 0;
    for (const grant of (await manager.findBy(GrantRow, { serviceId: service.id })).map(grantOf)) {
      if (missing.delete(keyOf(grant))) continue;
      await this.delete(manager, grant, service, author);
      deleted += 1;
    }
    for (const draft of missing.values()) await this.insert(manager, service, draft, author);
    return deleted + missing.size;
  }

  private record(
    manager: EntityManager,
    action: 'grant.create' | 'grant.delete',
    { id, subject, tool, effect }: StoredGrant,
    service: NamedService,
    author: Author,
  ): Promise<void> {
    const whom = subject.kind === 'everyone' ? 'everyone' : (this.people.nameOf(subject) ?? subject.id);
    const what = tool === null ? service.name : `${service.name} / ${tool}`;
    return this.trail.record(manager, {
      action,
      actor: actorOf(author),
      target: { kind: 'grant', id, name: `${whom} → ${what}`.slice(0, 254) },
      changes: { subject, serviceId: service.id, service: service.name, tool, effect },
    });
  }

  private demandSubject(subject: GrantSubject): void {
    const problem =
      subject.kind === 'everyone'
        ? subject.id !== undefined && say('does not belong to everyone', '“所有人”不需要 id')
        : this.people.nameOf(subject) === undefined && say('names nobody who exists', '指向的用户或用户组不存在');
    if (problem) throw new AppError('validation_failed', { fields: [{ path: 'subject.id', message: problem }] });
  }
}

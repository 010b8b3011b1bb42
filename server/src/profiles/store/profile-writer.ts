import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { AdminTrail, AppError, Clock } from '../../platform/index.js';
import { People, actorOf, say, type Author, type GrantSubject } from '../../services/index.js';
import type { ProfileItem, StoredProfileGrant } from '../definition.js';
import type { ProfileGrantDraft } from '../profile.dto.js';
import { ProfileGrantRow, type ProfileGrantColumns } from './profile-grant.entity.js';
import { ProfileItemRow } from './profile-item.entity.js';
import { itemRowOf, profileGrantOf } from './profile-rows.js';

/** The profile that something belongs to, as the trail names it. */
export type NamedProfile = { readonly id: string; readonly slug: string };

/** Writes items and grants of a profile inside a transaction of its caller; each grant with its line on the trail. */
@Injectable()
export class ProfileWriter {
  constructor(
    private readonly people: People,
    private readonly trail: AdminTrail,
    private readonly clock: Clock,
  ) {}

  async replaceItems(manager: EntityManager, profileId: string, items: readonly ProfileItem[]): Promise<void> {
    await manager.delete(ProfileItemRow, { profileId });
    const rows = items.map((item, position) => itemRowOf(profileId, item, position));
    if (rows.length > 0) await manager.insert(ProfileItemRow, rows);
  }

  /**
   * Makes the grants of a profile be exactly `drafts`; those that stay keep their ids.
   *
   * @returns how many were made or taken back
   * @throws {AppError} `validation_failed` for a subject that does not exist
   */
  async replaceGrants(
    manager: EntityManager,
    profile: NamedProfile,
    drafts: readonly ProfileGrantDraft[],
    author: Author,
  ): Promise<number> {
    const missing = new Map(drafts.map((draft) => [keyOf(draft), draft]));
    let deleted = 0;
    for (const grant of (await manager.findBy(ProfileGrantRow, { profileId: profile.id })).map(profileGrantOf)) {
      if (missing.delete(keyOf(grant))) continue;
      await this.deleteGrant(manager, grant, profile, author);
      deleted += 1;
    }
    for (const draft of missing.values()) await this.insertGrant(manager, profile, draft, author);
    return deleted + missing.size;
  }

  async deleteGrant(
    manager: EntityManager,
    grant: StoredProfileGrant,
    profile: NamedProfile,
    author: Author,
  ): Promise<void> {
    await manager.delete(ProfileGrantRow, { id: grant.id });
    await this.record(manager, 'profile-grant.delete', grant, profile, author);
  }

  private async insertGrant(
    manager: EntityManager,
    profile: NamedProfile,
    { subject, effect }: ProfileGrantDraft,
    author: Author,
  ): Promise<void> {
    this.demandSubject(subject);
    const row: ProfileGrantColumns = {
      id: randomUUID(),
      profileId: profile.id,
      subjectKind: subject.kind,
      subjectId: subject.id ?? '',
      effect,
      createdBy: author.id,
      createdAt: this.clock.now(),
    };
    await manager.insert(ProfileGrantRow, row);
    await this.record(manager, 'profile-grant.create', profileGrantOf(row), profile, author);
  }

  private record(
    manager: EntityManager,
    action: 'profile-grant.create' | 'profile-grant.delete',
    { id, subject, effect }: StoredProfileGrant,
    profile: NamedProfile,
    author: Author,
  ): Promise<void> {
    const whom = subject.kind === 'everyone' ? 'everyone' : (this.people.nameOf(subject) ?? subject.id);
    return this.trail.record(manager, {
      action,
      actor: actorOf(author),
      target: { kind: 'grant', id, name: `${whom} → ${profile.slug}`.slice(0, 254) },
      changes: { subject, profileId: profile.id, profile: profile.slug, effect },
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

const keyOf = ({ subject, effect }: { subject: GrantSubject; effect: string }): string =>
  JSON.stringify([subject.kind, subject.id ?? '', effect]);

import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { DataSource, type EntityManager } from 'typeorm';
import { AdminTrail, AppError, Clock, EventBus, isUniqueViolation } from '../platform/index.js';
import { actorOf, demand, demandUnlimited, type Author } from '../services/index.js';
import type { ProfileContent, ProfileDefinition } from './definition.js';
import { ProfileDrafts } from './draft/profile-drafts.js';
import type { ProfileChange, ProfileDraft } from './profile.dto.js';
import { ProfileDirectory } from './store/profile-directory.js';
import { ProfileGrantRow } from './store/profile-grant.entity.js';
import { profileGrantOf } from './store/profile-rows.js';
import { ProfileWriter } from './store/profile-writer.js';
import { ProfileRow } from './store/profile.entity.js';

const FIELDS = [
  'slug',
  'displayName',
  'description',
  'instructions',
  'mode',
  'enabled',
  'items',
] as const satisfies readonly (keyof ProfileContent)[];

/**
 * Makes, changes and deletes profiles. Each change is one transaction with its lines on the trail; when the caller has its
 * answer, endpoint and decision know. Whatever is in a profile is granted with it, hence `grants:write` for every change.
 */
@Injectable()
export class ProfileRegistrar {
  constructor(
    private readonly database: DataSource,
    private readonly drafts: ProfileDrafts,
    private readonly directory: ProfileDirectory,
    private readonly writer: ProfileWriter,
    private readonly trail: AdminTrail,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  /** @throws {AppError} `validation_failed`; `conflict` for a slug that is taken */
  async create(draft: ProfileDraft, author: Author): Promise<ProfileDefinition> {
    demandMayChange(author);
    const { items, ...settings } = this.drafts.create(draft);
    const id = randomUUID();
    const { slug } = settings;
    await this.write(slug, async (manager) => {
      const now = this.clock.now();
      const row = { ...settings, id, createdBy: author.id, createdAt: now, updatedAt: now, version: 1 };
      await manager.insert(ProfileRow, row);
      await this.writer.replaceItems(manager, id, items);
      await this.record(manager, 'profile.create', { id, slug }, { ...settings, items }, author);
      await this.writer.replaceGrants(manager, { id, slug }, draft.accessControl?.grants ?? [], author);
    });
    await this.announce(id, 'created');
    return this.known(id);
  }

  /** @throws {AppError} `not_found`, `stale_version`, `conflict`, `validation_failed` */
  async change(idOrSlug: string, change: ProfileChange, author: Author): Promise<ProfileDefinition> {
    demandMayChange(author);
    const current = this.known(idOrSlug);
    if (change.version !== current.version) throw new AppError('stale_version');
    const { id, version } = current;
    const content = this.drafts.change(current, change);
    const changes = changesOf(current, content);
    const isChanged = Object.keys(changes).length > 0;
    const { items, ...settings } = content;
    await this.write(content.slug, async (manager) => {
      if (isChanged) {
        const next = { ...settings, updatedAt: this.clock.now(), version: version + 1 };
        const { affected } = await manager.update(ProfileRow, { id, version }, next);
        if (affected === 0) throw new AppError('stale_version');
        if (changes['items']) await this.writer.replaceItems(manager, id, items);
        await this.record(manager, 'profile.update', { id, slug: content.slug }, changes, author);
      }
      const grants = change.accessControl?.grants;
      if (grants) await this.writer.replaceGrants(manager, { id, slug: content.slug }, grants, author);
    });
    await this.announce(id, 'updated');
    return this.known(id);
  }

  /** Its grants go with it. @throws {AppError} `not_found` */
  async remove(idOrSlug: string, author: Author): Promise<void> {
    demandMayChange(author);
    const { id, slug } = this.known(idOrSlug);
    await this.database.transaction(async (manager) => {
      await this.writer.replaceGrants(manager, { id, slug }, [], author);
      const { affected } = await manager.delete(ProfileRow, { id });
      if (affected === 0) throw new AppError('not_found');
      await this.record(manager, 'profile.delete', { id, slug }, {}, author);
    });
    await this.announce(id, 'deleted');
  }

  /** Takes back every grant of a group or user that is gone. */
  async forget(subjectKind: 'group' | 'user', subjectId: string, author: Author): Promise<void> {
    const rows = await this.database.transaction(async (manager) => {
      const found = await manager.findBy(ProfileGrantRow, { subjectKind, subjectId });
      for (const row of found) {
        const { slug } = this.directory.find(row.profileId) ?? { slug: row.profileId };
        await this.writer.deleteGrant(manager, profileGrantOf(row), { id: row.profileId, slug }, author);
      }
      return found;
    });
    for (const profileId of new Set(rows.map((row) => row.profileId))) await this.announce(profileId, 'updated');
  }

  /** Runs a transaction in which a slug is claimed. */
  private async write(slug: string, work: (manager: EntityManager) => Promise<void>): Promise<void> {
    try {
      await this.database.transaction(work);
    } catch (error) {
      throw isUniqueViolation(error) ? new AppError('conflict', { details: { what: slug } }) : error;
    }
  }

  private known(idOrSlug: string): ProfileDefinition {
    const profile = this.directory.find(idOrSlug);
    if (!profile) throw new AppError('not_found');
    return profile;
  }

  private record(
    manager: EntityManager,
    action: string,
    { id, slug }: { id: string; slug: string },
    changes: Record<string, unknown>,
    author: Author,
  ): Promise<void> {
    const target = { kind: 'profile', id, name: slug };
    return this.trail.record(manager, { action, actor: actorOf(author), target, changes });
  }

  private async announce(profileId: string, change: 'created' | 'updated' | 'deleted'): Promise<void> {
    await this.directory.refresh(profileId);
    this.bus.publish('profile.changed', { profileId, change });
  }
}

/** A key that is limited to some services could otherwise reach others through a profile. */
function demandMayChange(author: Author): void {
  demand(author, 'grants:write');
  demandUnlimited(author);
}

/** `{before, after}` per field, for the trail; empty when nothing changed. */
function changesOf(before: ProfileContent, after: ProfileContent): Record<string, { before: unknown; after: unknown }> {
  const fields = FIELDS.filter((field) => !isDeepStrictEqual(before[field], after[field]));
  return Object.fromEntries(fields.map((field) => [field, { before: before[field], after: after[field] }]));
}

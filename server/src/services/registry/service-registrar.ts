import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { DataSource, type EntityManager } from 'typeorm';
import { AdminTrail, AppError, Clock, EventBus, isUniqueViolation } from '../../platform/index.js';
import { AccessPolicy } from '../access/access-policy.js';
import { GrantWriter } from '../access/grant-writer.js';
import { INSTALLATION, actorOf, demand, demandUnlimited, type Author } from '../author.js';
import { CapabilityStore } from '../capabilities/capability-store.js';
import type { CommandPin, ServiceContent, ServiceDefinition } from '../definition.js';
import { DraftReader } from '../draft/draft-reader.js';
import { freeSlug, isReservedSlug, slugOf } from '../draft/slug.js';
import type { ServiceChange, ServiceDraft } from '../service.dto.js';
import { changesOf, summaryOf } from './changes.js';
import { CredentialVault } from './credential-vault.js';
import { ServiceDirectory } from './service-directory.js';
import { ServiceRow } from './service.entity.js';

/**
 * Registers, changes and deletes services. Each change is one transaction with its line on the trail; when the caller
 * has its answer, the directory and the access decision know, and everybody else has been told by an event.
 */
@Injectable()
export class ServiceRegistrar {
  constructor(
    private readonly database: DataSource,
    private readonly drafts: DraftReader,
    private readonly directory: ServiceDirectory,
    private readonly capabilities: CapabilityStore,
    private readonly policy: AccessPolicy,
    private readonly grants: GrantWriter,
    private readonly vault: CredentialVault,
    private readonly trail: AdminTrail,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  /** @throws {AppError} those of `DraftReader.create`; `conflict` for a slug that is taken */
  async create(draft: ServiceDraft, author: Author): Promise<ServiceDefinition> {
    demand(author, 'services:write');
    demandUnlimited(author);
    if (draft.accessControl) demand(author, 'grants:write');
    const content = this.drafts.create(draft, author);
    const id = randomUUID();
    const slug = await this.newSlug(draft);
    await this.write(slug, async (manager) => {
      const now = this.clock.now();
      await manager.insert(ServiceRow, {
        ...this.columnsOf(id, content),
        id,
        slug,
        accessControl: { tools: {} },
        createdBy: author.id,
        createdAt: now,
        updatedAt: now,
        version: 1,
      });
      await this.record(manager, 'service.create', { id, name: content.name }, summaryOf({ ...content, slug }), author);
      await this.grants.replace(manager, { id, name: content.name }, draft.accessControl?.grants ?? [], author);
    });
    await this.announce(id, 'created', draft.accessControl !== undefined);
    return this.known(id);
  }

  /** @throws {AppError} `not_found`, `stale_version`, `conflict`; those of `DraftReader.change` */
  async change(idOrSlug: string, change: ServiceChange, author: Author): Promise<ServiceDefinition> {
    const current = this.known(idOrSlug);
    if (change.version !== current.version) throw new AppError('stale_version');
    return this.apply(current, change, author);
  }

  /** @throws {AppError} `not_found`; `stale_version` when somebody changed the service at the same moment */
  async setEnabled(idOrSlug: string, enabled: boolean, author: Author): Promise<ServiceDefinition> {
    return this.apply(this.known(idOrSlug), { enabled }, author);
  }

  /**
   * Binds a local command to what it ran when somebody looked, or to nothing any more.
   *
   * @param seen the service that was looked at
   * @throws {AppError} `not_found`; `stale_version` when it was changed since; those of `DraftReader.repin`
   */
  async pin(seen: ServiceDefinition, pin: CommandPin | undefined, author: Author): Promise<void> {
    demand(author, 'services:write');
    const current = this.known(seen.id);
    if (current.version !== seen.version) throw new AppError('stale_version');
    await this.store(current, this.drafts.repin(current, pin, author), {}, author);
  }

  /** Its grants go with it, records of its use stay. @throws {AppError} `not_found` */
  async remove(idOrSlug: string, author: Author): Promise<void> {
    demand(author, 'services:write');
    const { id, name, slug } = this.known(idOrSlug);
    await this.database.transaction(async (manager) => {
      await this.grants.replace(manager, { id, name }, [], author);
      const { affected } = await manager.delete(ServiceRow, { id });
      if (affected === 0) throw new AppError('not_found');
      await this.record(manager, 'service.delete', { id, name }, { slug }, author);
    });
    await this.announce(id, 'deleted', true);
  }

  /**
   * Makes the service of that slug as a declaration file says; the same declaration twice changes nothing. Whether it
   * is switched on stays as it is where the file is silent.
   */
  async declare(draft: ServiceDraft & { readonly slug: string }): Promise<'created' | 'updated' | 'unchanged'> {
    const current = this.directory.find(draft.slug);
    if (!current) {
      await this.create(draft, INSTALLATION);
      return 'created';
    }
    const { version } = await this.apply(current, { ...NOTHING_SAID, ...draft }, INSTALLATION);
    return version === current.version ? 'unchanged' : 'updated';
  }

  private async apply(
    current: ServiceDefinition,
    change: Partial<ServiceChange>,
    author: Author,
  ): Promise<ServiceDefinition> {
    demand(author, 'services:write');
    if (change.accessControl) demand(author, 'grants:write');
    return this.store(current, this.drafts.change(current, change, author), change, author);
  }

  private async store(
    current: ServiceDefinition,
    content: ServiceContent,
    change: Pick<ServiceChange, 'slug' | 'accessControl'>,
    author: Author,
  ): Promise<ServiceDefinition> {
    const { id } = current;
    const slug =
      change.slug === undefined || change.slug === current.slug ? current.slug : this.wantedSlug(change.slug);
    const changes = changesOf(current, { ...content, slug });
    let grantsChanged = 0;
    await this.write(slug, async (manager) => {
      if (Object.keys(changes).length > 0) {
        await this.update(manager, current, { ...this.columnsOf(id, content, current), slug });
        await this.record(manager, 'service.update', { id, name: content.name }, changes, author);
      }
      if (change.accessControl) {
        grantsChanged = await this.grants.replace(
          manager,
          { id, name: content.name },
          change.accessControl.grants,
          author,
        );
      }
    });
    if (Object.keys(changes).length > 0 || grantsChanged > 0) await this.announce(id, 'updated', grantsChanged > 0);
    return this.known(id);
  }

  private async update(manager: EntityManager, current: ServiceDefinition, columns: Columns): Promise<void> {
    const { id, version } = current;
    const next = { ...columns, updatedAt: this.clock.now(), version: version + 1 };
    const { affected } = await manager.update(ServiceRow, { id, version }, next);
    if (affected === 0) throw new AppError('stale_version');
  }

  private columnsOf(id: string, content: ServiceContent, before?: ServiceDefinition): Columns {
    const { credentials, ...columns } = content;
    const sameSecrets = before?.credentialsReadable === true && isDeepStrictEqual(before.credentials, credentials);
    return {
      ...columns,
      ...(!sameSecrets && { auth: this.vault.seal(id, credentials) }),
      ...((!before || !content.enabled) && { status: 'inactive' as const }),
      ...((!before || !sameServer(before, content)) && { capabilities: null }),
    };
  }

  /** Runs a transaction in which a slug is claimed. */
  private async write(slug: string, work: (manager: EntityManager) => Promise<void>): Promise<void> {
    try {
      await this.database.transaction(work);
    } catch (error) {
      throw isUniqueViolation(error) ? slugTaken(slug) : error;
    }
  }

  private async newSlug(draft: ServiceDraft): Promise<string> {
    if (draft.slug !== undefined) return this.wantedSlug(draft.slug);
    return freeSlug(await slugOf(draft.name), (slug) => this.directory.find(slug) !== undefined);
  }

  private wantedSlug(slug: string): string {
    if (isReservedSlug(slug) || this.directory.find(slug)) throw slugTaken(slug);
    return slug;
  }

  private known(idOrSlug: string): ServiceDefinition {
    const service = this.directory.find(idOrSlug);
    if (!service) throw new AppError('not_found');
    return service;
  }

  private record(
    manager: EntityManager,
    action: string,
    service: { id: string; name: string },
    changes: Record<string, unknown>,
    author: Author,
  ): Promise<void> {
    return this.trail.record(manager, {
      action,
      actor: actorOf(author),
      target: { kind: 'service', ...service },
      changes,
    });
  }

  private async announce(
    serviceId: string,
    change: 'created' | 'updated' | 'deleted',
    grantsToo: boolean,
  ): Promise<void> {
    await Promise.all([
      this.directory.refresh(serviceId),
      this.capabilities.refresh(serviceId),
      grantsToo && this.policy.refresh(serviceId),
    ]);
    this.bus.publish('service.changed', { serviceId, change });
    if (grantsToo) this.bus.publish('grants.changed', { serviceId });
  }
}

/** What a declaration that leaves a field out says of it. */
const NOTHING_SAID = {
  displayName: {},
  description: {},
  category: null,
  tags: [],
  url: null,
  config: {},
  auth: { credentials: [] },
} satisfies Partial<ServiceChange>;

/** What the registrar writes; of capabilities it only ever forgets them. */
type Columns = Omit<Partial<ServiceRow>, 'capabilities'> & { capabilities?: null };

const slugTaken = (slug: string): AppError => new AppError('conflict', { details: { what: slug } });

/** Whether what the service offered before still tells something. */
const sameServer = (a: ServiceContent, b: ServiceContent): boolean =>
  a.type === b.type &&
  a.url === b.url &&
  a.config.command === b.config.command &&
  isDeepStrictEqual(a.config.args, b.config.args);

import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppError, EventBus, isUniqueViolation } from '../../platform/index.js';
import { INSTALLATION, demand, type Author } from '../author.js';
import { ServiceDirectory } from '../registry/service-directory.js';
import { say } from '../say.js';
import { AccessPolicy } from './access-policy.js';
import type { GrantDraft } from './grant.dto.js';
import { GrantRow } from './grant.entity.js';
import { grantOf, keyOf, type StoredGrant } from './grant-rows.js';
import { GrantWriter, type NamedService } from './grant-writer.js';

/** Makes grants and takes them back; the decision knows before the caller has its answer. */
@Injectable()
export class GrantRegistrar {
  constructor(
    private readonly database: DataSource,
    private readonly services: ServiceDirectory,
    private readonly writer: GrantWriter,
    private readonly policy: AccessPolicy,
    private readonly bus: EventBus,
  ) {}

  /**
   * @throws {AppError} `not_found` for the service, `validation_failed` for the subject, `conflict` for the same grant
   */
  async create(draft: GrantDraft, author: Author): Promise<StoredGrant> {
    demand(author, 'grants:write');
    const service = this.services.find(draft.serviceId);
    if (!service || !author.reaches(service.id)) throw new AppError('not_found');
    const grant = await this.database
      .transaction((manager) => this.writer.insert(manager, service, draft, author))
      .catch(sameGrant);
    await this.announce(service.id);
    return grant;
  }

  /** Makes a grant as a declaration file says, unless it is there already. */
  async declare(draft: GrantDraft): Promise<'created' | 'unchanged'> {
    const service = this.services.find(draft.serviceId);
    if (service && this.policy.grantsOf(service.id).some((grant) => keyOf(grant) === keyOf(draft))) return 'unchanged';
    await this.create(draft, INSTALLATION);
    return 'created';
  }

  /** @throws {AppError} `not_found` */
  async remove(id: string, author: Author): Promise<void> {
    demand(author, 'grants:write');
    const row = await this.database.transaction(async (manager) => {
      const found = await manager.findOneBy(GrantRow, { id });
      if (!found || !author.reaches(found.serviceId)) throw new AppError('not_found');
      await this.writer.delete(manager, grantOf(found), this.named(found.serviceId), author);
      return found;
    });
    await this.announce(row.serviceId);
  }

  /** Takes back every grant of a group or user that is gone. */
  async forget(subjectKind: 'group' | 'user', subjectId: string, author: Author): Promise<void> {
    const rows = await this.database.transaction(async (manager) => {
      const found = await manager.findBy(GrantRow, { subjectKind, subjectId });
      for (const row of found) await this.writer.delete(manager, grantOf(row), this.named(row.serviceId), author);
      return found;
    });
    for (const serviceId of new Set(rows.map((row) => row.serviceId))) await this.announce(serviceId);
  }

  private async announce(serviceId: string): Promise<void> {
    await this.policy.refresh(serviceId);
    this.bus.publish('grants.changed', { serviceId });
  }

  private named(serviceId: string): NamedService {
    return this.services.find(serviceId) ?? { id: serviceId, name: serviceId };
  }
}

function sameGrant(error: unknown): never {
  if (isUniqueViolation(error)) throw new AppError('conflict', { details: { what: say('This grant', '该授权') } });
  throw error;
}

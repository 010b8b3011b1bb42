import { Inject, Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { AppError, CONFIG, Clock, Egress, type Config } from '../../platform/index.js';
import { demand, demandUnlimited, type Author } from '../author.js';
import type { CommandPin, ServiceContent, ServiceDefinition } from '../definition.js';
import { ServiceDirectory } from '../registry/service-directory.js';
import type { ServiceChange, ServiceDraft } from '../service.dto.js';
import { checkContent } from './check-content.js';
import { packageProblems } from './check-packages.js';
import { contentOfChange, contentOfDraft, contentOfPin } from './content.js';
import { slugOf } from './slug.js';

/** Turns what people send into settings that may be stored, started and connected to. */
@Injectable()
export class DraftReader {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly egress: Egress,
    private readonly services: ServiceDirectory,
    private readonly clock: Clock,
  ) {}

  /** @throws {AppError} `validation_failed`, `stdio_not_allowed`, `permission_missing` */
  create(draft: ServiceDraft, author: Author): ServiceContent {
    const content = contentOfDraft(draft);
    this.demandCommand(content, author);
    checkContent(content, this.egress, this.clock.now());
    return content;
  }

  /**
   * Changing how a local command runs takes the permission for it; its labels do not.
   *
   * @throws {AppError} as `create`
   */
  change(current: ServiceDefinition, change: Partial<ServiceChange>, author: Author): ServiceContent {
    const content = contentOfChange(current, change);
    if (!isDeepStrictEqual(connectionOf(content), connectionOf(current))) this.demandCommand(content, author);
    checkContent(content, this.egress, this.clock.now());
    return content;
  }

  /** Another pin for the command, or none. @throws {AppError} as `create` */
  repin(current: ServiceDefinition, pin: CommandPin | undefined, author: Author): ServiceContent {
    const content = contentOfPin(current, pin);
    this.demandCommand(content, author);
    checkContent(content, this.egress, this.clock.now());
    return content;
  }

  /**
   * A service that is not stored, for trying a draft out. With `serviceId` the draft's masks mean the secrets stored
   * there.
   *
   * @throws {AppError} as `create`; `not_found` for the service
   */
  async rehearse(draft: ServiceDraft, serviceId: string | undefined, author: Author): Promise<ServiceDefinition> {
    const current = serviceId === undefined ? undefined : this.services.find(serviceId);
    if (serviceId === undefined) demandUnlimited(author);
    else if (!current || !author.reaches(current.id)) throw new AppError('not_found');
    const content = current ? contentOfChange(current, draft) : contentOfDraft(draft);
    this.demandCommand(content, author);
    checkContent(content, this.egress, this.clock.now());
    const now = this.clock.now();
    return {
      ...content,
      id: current?.id ?? 'draft',
      slug: draft.slug ?? (await slugOf(draft.name)),
      accessControl: { tools: {} },
      credentialsReadable: true,
      createdBy: author.id,
      createdAt: now,
      updatedAt: now,
      version: 0,
    };
  }

  private demandCommand(content: ServiceContent, author: Author): void {
    if (content.type !== 'stdio') return;
    if (this.config.stdio === 'off') throw new AppError('stdio_not_allowed');
    demand(author, 'services:stdio');
    const fields = packageProblems(content.config, this.config.stdioPackages);
    if (fields.length > 0) throw new AppError('validation_failed', { fields });
  }
}

const connectionOf = ({ type, url, config, credentials }: ServiceContent): unknown => ({
  type,
  url,
  config,
  credentials,
});

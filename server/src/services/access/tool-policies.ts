import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AdminTrail, AppError, Clock, EventBus } from '../../platform/index.js';
import { actorOf, demand, type Author } from '../author.js';
import type { Approval, ToolClass, ToolPolicy } from '../definition.js';
import { ServiceDirectory } from '../registry/service-directory.js';
import { ServiceRow } from '../registry/service.entity.js';

/** What a class of tools asks for as long as nobody decided otherwise. */
const APPROVAL_OF_CLASS: Record<ToolClass, Approval> = {
  read: 'never',
  write: 'user',
  destructive: 'always',
  unknown: 'user',
};

/** What an administrator judged of each tool; nothing a service says about itself counts. */
@Injectable()
export class ToolPolicies {
  constructor(
    private readonly database: DataSource,
    private readonly services: ServiceDirectory,
    private readonly trail: AdminTrail,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  of(serviceId: string, tool: string): ToolPolicy {
    const set = this.setting(serviceId, tool);
    return policyOf(set);
  }

  /**
   * @throws {AppError} `not_found` for the service; `cache_refused` for a destructive tool whose answers are to be kept;
   * `stale_version` when somebody changed the service at the same moment
   */
  async set(serviceId: string, tool: string, change: Partial<ToolPolicy>, author: Author): Promise<ToolPolicy> {
    demand(author, 'services:write');
    const service = this.services.find(serviceId);
    if (!service) throw new AppError('not_found');
    const { id, version } = service;
    const setting = settingAfter(this.setting(id, tool), change, tool);
    const before = this.of(id, tool);
    const after = policyOf(setting);
    const tools = { ...service.accessControl.tools, [tool]: setting };
    await this.database.transaction(async (manager) => {
      const { affected } = await manager.update(
        ServiceRow,
        { id, version },
        { accessControl: { tools }, updatedAt: this.clock.now(), version: version + 1 },
      );
      if (affected === 0) throw new AppError('stale_version');
      await this.trail.record(manager, {
        action: 'tool.policy',
        actor: actorOf(author),
        target: { kind: 'service', id, name: service.name },
        changes: { tool, before, after },
      });
    });
    await this.services.refresh(id);
    this.bus.publish('service.changed', { serviceId: id, change: 'updated' });
    return this.of(id, tool);
  }

  /** The same as `set` for a declaration file; the same declaration twice changes nothing. */
  async declare(
    serviceId: string,
    tool: string,
    wanted: Partial<ToolPolicy>,
    author: Author,
  ): Promise<'updated' | 'unchanged'> {
    const { id } = this.services.find(serviceId) ?? {};
    const setting = id === undefined ? {} : this.setting(id, tool);
    const said = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
    if (textOf({ ...setting, ...said }) === textOf(setting)) return 'unchanged';
    await this.set(serviceId, tool, said, author);
    return 'updated';
  }

  private setting(serviceId: string, tool: string): Partial<ToolPolicy> {
    const tools = this.services.find(serviceId)?.accessControl.tools ?? {};
    // Names of tools are foreign: `constructor` must not find anything.
    return Object.hasOwn(tools, tool) ? (tools[tool] ?? {}) : {};
  }
}

function policyOf(setting: Partial<ToolPolicy>): ToolPolicy {
  const judged = setting.class ?? 'unknown';
  const cache = judged === 'destructive' ? null : (setting.cache ?? null);
  const approval = setting.approval ?? APPROVAL_OF_CLASS[judged];
  return { class: judged, approval, cache, idempotent: setting.idempotent ?? false };
}

/** A tool that becomes destructive is asked anew every time from then on. */
function settingAfter(before: Partial<ToolPolicy>, change: Partial<ToolPolicy>, tool: string): Partial<ToolPolicy> {
  const after = { ...before, ...change };
  if (after.class !== 'destructive') return after;
  if (change.cache) throw new AppError('cache_refused', { details: { tool } });
  return { ...after, cache: null };
}

const textOf = ({ class: judged, approval, cache, idempotent }: Partial<ToolPolicy>): string =>
  JSON.stringify([judged, approval, cache?.ttlSeconds, cache?.scope, idempotent]);

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
    const judged = set.class ?? 'unknown';
    return { class: judged, approval: set.approval ?? APPROVAL_OF_CLASS[judged] };
  }

  /** @throws {AppError} `not_found` for the service; `stale_version` when somebody changed it at the same moment */
  async set(serviceId: string, tool: string, change: Partial<ToolPolicy>, author: Author): Promise<ToolPolicy> {
    demand(author, 'services:write');
    const service = this.services.find(serviceId);
    if (!service) throw new AppError('not_found');
    const { id, version } = service;
    const before = this.of(id, tool);
    const tools = { ...service.accessControl.tools, [tool]: { ...this.setting(id, tool), ...change } };
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
        changes: { tool, before, after: { ...before, ...change } },
      });
    });
    await this.services.refresh(id);
    this.bus.publish('service.changed', { serviceId: id, change: 'updated' });
    return this.of(id, tool);
  }

  private setting(serviceId: string, tool: string): Partial<ToolPolicy> {
    const tools = this.services.find(serviceId)?.accessControl.tools ?? {};
    // Names of tools are foreign: `constructor` must not find anything.
    return Object.hasOwn(tools, tool) ? (tools[tool] ?? {}) : {};
  }
}

import { Injectable } from '@nestjs/common';
import { CallSearch, UsageStatistics } from '../audit/index.js';
import { AccountDirectory, holds, type Principal } from '../auth/index.js';
import { Clock, DiskWatch } from '../platform/index.js';
import { AccessPolicy, HealthBoard, ServiceVisibility, ToolReviews } from '../services/index.js';
import type { Checklist, DiskWarning, HeldTools, Overview, OverviewServices } from './overview.dto.js';

const DAY_MS = 86_400_000;
const RECENT = 8;
const TOP = 5;
/** Not ready, and nobody has to do anything about it. */
const CALM: ReadonlySet<string> = new Set(['ready', 'disabled', 'unknown', 'connecting']);

/** Gathers the overview for one caller. */
@Injectable()
export class OverviewReader {
  constructor(
    private readonly visibility: ServiceVisibility,
    private readonly health: HealthBoard,
    private readonly policy: AccessPolicy,
    private readonly accounts: AccountDirectory,
    private readonly calls: CallSearch,
    private readonly statistics: UsageStatistics,
    private readonly clock: Clock,
    private readonly disk: DiskWatch,
    private readonly reviews: ToolReviews,
  ) {}

  async read(caller: Principal): Promise<Overview> {
    const from = new Date(this.clock.now().getTime() - DAY_MS).toISOString();
    const [{ total }, topTools, recent, checklist] = await Promise.all([
      this.statistics.report({ from }, caller),
      this.statistics.topTools(new Date(from), TOP, caller),
      this.calls.search({ limit: RECENT }, caller),
      this.checklist(caller),
    ]);
    return {
      services: this.services(caller),
      calls24h: total.calls,
      errors24h: total.errors,
      denied24h: total.denied,
      p95Ms: total.p95Ms,
      recent: recent.items,
      topTools,
      checklist,
      held: this.held(caller),
      disk: this.diskWarning(caller),
    };
  }

  private services(caller: Principal): OverviewServices {
    const states = this.visibility.list(caller).map((service) => this.health.of(service.id).state);
    return {
      total: states.length,
      ready: states.filter((state) => state === 'ready').length,
      attention: states.filter((state) => !CALM.has(state)).length,
    };
  }

  private held(caller: Principal): HeldTools[] {
    if (!holds(caller, 'services:write')) return [];
    return this.visibility
      .list(caller)
      .filter(({ enabled }) => enabled)
      .map(({ id, slug, name }) => ({ serviceSlug: slug, serviceName: name, tools: this.reviews.heldIn(id).length }))
      .filter(({ tools }) => tools > 0);
  }

  private diskWarning(caller: Principal): DiskWarning | null {
    const { reserve, room } = this.disk;
    return reserve === 'low' && room && holds(caller, 'health:read') ? room : null;
  }

  private async checklist(caller: Principal): Promise<Checklist> {
    const some = async (filter: Parameters<CallSearch['search']>[0]): Promise<boolean> =>
      (await this.calls.search({ ...filter, limit: 1 }, caller)).items.length > 0;
    return {
      service: this.visibility.list(caller).length > 0,
      test: await some({ status: 'success' }),
      group: this.accounts.groups().length > 0,
      grant: this.policy.all().length > 0,
      client: await some({ door: 'mcp' }),
    };
  }
}

import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { DataSource, type EntityManager, type Repository } from 'typeorm';
import { AdminTrail, AppError, Clock, EventBus, contentHash, type Unsubscribe } from '../../platform/index.js';
import { actorOf, demand, type Author } from '../author.js';
import { distinctByName, type ToolDefinition } from '../capabilities/capabilities.js';
import { CapabilityStore } from '../capabilities/capability-store.js';
import { ServiceDirectory } from '../registry/service-directory.js';
import { Serial } from '../serial.js';
import { OtherNames } from './other-names.js';
import { reviewedPartOf, wordsOf, type ReviewedTool } from './reviewed-words.js';
import { suspicionsOf, type Suspicion } from './suspicions.js';
import { textChanges, type TextChange } from './text-changes.js';
import { afterAccepting, afterHolding, afterSeeing, type HoldReason, type ToolRecord } from './tool-record.js';
import { ToolReviewRow } from './tool-review.entity.js';

type Records = ReadonlyMap<string, ToolRecord>;

/** Where the review of a tool stands. */
export interface ToolReviewState {
  readonly state: 'accepted' | 'held';
  /** Of what the service offers now. */
  readonly hash: string;
  /** Null: it is not held. */
  readonly reason: HoldReason | null;
  /** Since when it is held or accepted, ISO 8601. */
  readonly since: string;
  /** Who accepted it; null: nobody had to, or it is held. */
  readonly by: string | null;
  /** Against what was accepted before; empty once somebody has accepted it. */
  readonly changes: readonly TextChange[];
}

export type ReviewDecision = 'accept' | 'hold';

/**
 * Keeps what every tool says as it was accepted, and holds back what is suspicious or, where the service is set so, what is new
 * or changed. Who asks finds every tool judged that is offered at that moment: a list that has just come is judged then.
 */
@Injectable()
export class ToolReviews implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('ToolReviews');
  private readonly byService = new Map<string, Records>();
  /** Lists that were judged, by service; nothing is judged twice. */
  private readonly judged = new Map<string, readonly ToolDefinition[]>();
  private readonly serial = new Serial();
  private readonly others: OtherNames;
  private subscriptions: readonly Unsubscribe[] = [];

  constructor(
    @InjectRepository(ToolReviewRow) private readonly rows: Repository<ToolReviewRow>,
    private readonly database: DataSource,
    private readonly services: ServiceDirectory,
    private readonly capabilities: CapabilityStore,
    private readonly trail: AdminTrail,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {
    this.others = new OtherNames(services, capabilities);
  }

  async onModuleInit(): Promise<void> {
    for (const { serviceId, tools } of await this.rows.find()) this.byService.set(serviceId, new Map(tools));
    this.subscriptions = [
      this.bus.subscribe('service.capabilities', ({ serviceId }) => this.judge(serviceId)),
      this.bus.subscribe('service.changed', ({ serviceId }) => this.forgetDeleted(serviceId)),
    ];
  }

  async onModuleDestroy(): Promise<void> {
    for (const unsubscribe of this.subscriptions) unsubscribe();
    await this.serial.run(() => Promise.resolve());
  }

  /** Whether nobody may see or call it. What is not offered is held as well: nobody has looked at it. */
  isHeld(serviceId: string, tool: string): boolean {
    const record = this.recordsOf(serviceId).get(tool);
    return !record || record.held !== null;
  }

  /** Names of the tools that the service offers and that wait for somebody. */
  heldIn(serviceId: string): string[] {
    const records = this.recordsOf(serviceId);
    return this.offeredBy(serviceId)
      .map(({ name }) => name)
      .filter((name) => records.get(name)?.held);
  }

  /** Undefined for a tool that the service does not offer. */
  of(serviceId: string, tool: string): ToolReviewState | undefined {
    const record = this.recordsOf(serviceId).get(tool);
    const offered = this.offeredBy(serviceId).find(({ name }) => name === tool);
    if (!record || !offered) return undefined;
    const { accepted, held, previous } = record;
    const now = reviewedPartOf(offered);
    const before = held ? accepted?.tool : previous?.tool;
    const isShown = held !== null || previous !== null;
    return {
      state: held ? 'held' : 'accepted',
      hash: hashOf(offered),
      reason: held?.reason ?? null,
      since: held?.since ?? accepted?.at ?? '',
      by: held ? null : (accepted?.by ?? null),
      changes: isShown ? textChanges(before, now, this.suspicionsIn(serviceId, now)) : [],
    };
  }

  /**
   * @param hash of what the author has looked at
   * @throws {AppError} `not_found` · `permission_missing` · `stale_version` when the service offers something else by now
   */
  async decide(
    serviceId: string,
    tool: string,
    { decision, hash }: { decision: ReviewDecision; hash: string },
    author: Author,
  ): Promise<void> {
    demand(author, 'services:write');
    await this.serial.run(async () => {
      const service = this.services.find(serviceId);
      const record = this.recordsOf(serviceId).get(tool);
      const offered = this.offeredBy(serviceId).find(({ name }) => name === tool);
      if (!service || !record || !offered) throw new AppError('not_found');
      if (hashOf(offered) !== hash) throw new AppError('stale_version');
      const at = this.clock.now().toISOString();
      const decided = decision === 'accept' ? afterAccepting(hash, author.label, at) : afterHolding(record, hash, at);
      const records = new Map(this.recordsOf(serviceId)).set(tool, decided);
      await this.database.transaction(async (manager) => {
        await this.write(manager, serviceId, records);
        await this.trail.record(manager, {
          action: 'tool.review',
          actor: actorOf(author),
          target: { kind: 'service', id: serviceId, name: service.name },
          changes: { tool, decision, hash, reason: record.held?.reason ?? null },
        });
      });
      // The service may have offered something else meanwhile, which must not undo what was decided, nor pass with it.
      this.byService.set(serviceId, new Map(this.byService.get(serviceId)).set(tool, decided));
      this.judged.delete(serviceId);
    });
    this.bus.publish('service.capabilities', { serviceId });
  }

  private recordsOf(serviceId: string): Records {
    this.judge(serviceId);
    return this.byService.get(serviceId) ?? new Map();
  }

  private offeredBy(serviceId: string): readonly ToolDefinition[] {
    return this.capabilities.load(serviceId)?.tools ?? [];
  }

  /** Brings the records up to what the service offers. */
  private judge(serviceId: string): void {
    const tools = this.offeredBy(serviceId);
    const last = this.judged.get(serviceId);
    if (last === tools || tools.length === 0) return;
    const known = this.byService.get(serviceId);
    const records = new Map(known);
    for (const tool of distinctByName(tools)) {
      const record = records.get(tool.name);
      const next = afterSeeing(record, this.seen(serviceId, tool, known !== undefined, last));
      if (next !== record) records.set(tool.name, next);
      if (next.held && !record?.held) this.warn(serviceId, tool.name, next.held.reason);
    }
    this.judged.set(serviceId, tools);
    this.byService.set(serviceId, records);
    if ([...records].some(([name, record]) => record !== known?.get(name))) this.save(serviceId);
  }

  private seen(serviceId: string, tool: ToolDefinition, isLate: boolean, last: readonly ToolDefinition[] = []) {
    const before = last.find(({ name }) => name === tool.name);
    return {
      hash: hashOf(tool),
      isSuspicious: () => this.suspicionsIn(serviceId, reviewedPartOf(tool)).length > 0,
      isLate,
      before: before && reviewedPartOf(before),
      holdsChanges: this.services.find(serviceId)?.config.toolChanges === 'hold',
      at: this.clock.now().toISOString(),
    };
  }

  private suspicionsIn(serviceId: string, tool: ReviewedTool): Suspicion[] {
    return suspicionsOf(wordsOf(tool), (name) => this.others.isOfOthers(serviceId, name));
  }

  /** What cannot be written is judged again after the next start. */
  private save(serviceId: string): void {
    void this.serial
      .run(() => this.write(this.database.manager, serviceId, this.byService.get(serviceId) ?? new Map()))
      .catch((err: unknown) => {
        if (this.services.find(serviceId)) this.logger.warn({ err, msg: 'The review of tools could not be kept' });
      });
  }

  private async write(manager: EntityManager, serviceId: string, records: Records): Promise<void> {
    const row = { serviceId, tools: [...records], updatedAt: this.clock.now() };
    await manager.upsert(ToolReviewRow, row as never, ['serviceId']);
  }

  private warn(serviceId: string, tool: string, reason: HoldReason): void {
    const service = this.services.find(serviceId)?.slug;
    this.logger.warn({ service, tool, reason, msg: 'A tool is held for review' });
  }

  private forgetDeleted(serviceId: string): void {
    if (this.services.find(serviceId)) return;
    this.byService.delete(serviceId);
    this.judged.delete(serviceId);
  }
}

const hashes = new WeakMap<ToolDefinition, string>();

/** Of the part that is reviewed. */
function hashOf(tool: ToolDefinition): string {
  const known = hashes.get(tool);
  if (known) return known;
  const hash = contentHash(reviewedPartOf(tool));
  hashes.set(tool, hash);
  return hash;
}

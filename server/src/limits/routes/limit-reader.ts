import { Injectable } from '@nestjs/common';
import { AccountDirectory, ApiKeyBook, type Principal } from '../../auth/index.js';
import { AppError } from '../../platform/index.js';
import { ServiceDirectory } from '../../services/index.js';
import { CallCounters, type Count } from '../gate/call-counters.js';
import { LimitGate } from '../gate/limit-gate.js';
import { LimitBook } from '../rules/limit-book.js';
import type { Bucket } from '../rules/rule.js';
import { LimitPresenter } from './limit-presenter.js';
import type { EffectiveLimits, EffectiveLimitsQuery, LimitDefaults, LimitUse, OwnLimits } from './limit.dto.js';

/** Answers which limits are in force, for whom and why, and how much of them is used. */
@Injectable()
export class LimitReader {
  constructor(
    private readonly book: LimitBook,
    private readonly accounts: AccountDirectory,
    private readonly services: ServiceDirectory,
    private readonly keys: ApiKeyBook,
    private readonly counters: CallCounters,
    private readonly gate: LimitGate,
    private readonly presenter: LimitPresenter,
  ) {}

  async defaults(): Promise<LimitDefaults> {
    const { caller, service } = this.book.defaults;
    return { caller: await this.presenter.settings(caller), service: await this.presenter.settings(service) };
  }

  /** @throws {AppError} `not_found` for the person, the service, or a key that is not the person's */
  async effective(query: EffectiveLimitsQuery): Promise<EffectiveLimits> {
    const person = this.accounts.findUser(query.user);
    const service = this.services.find(query.service);
    const key = query.key === undefined ? undefined : (await this.keys.find([query.key])).get(query.key);
    if (!person || !service) throw new AppError('not_found');
    if (query.key !== undefined && key?.userId !== person.id) throw new AppError('not_found');
    const who = { userId: person.id, groupIds: person.groupIds };
    const ids = { keyId: key?.id, userId: person.id, serviceId: service.id, tool: query.tool };
    const buckets = this.book.explain(who, ids);
    const names = { key: key?.name ?? '', user: person.email, service: service.name, tool: query.tool ?? '' };
    return {
      buckets: await this.presenter.buckets(
        buckets,
        buckets.map(({ kind }) => names[kind]),
      ),
      tightest: await this.presenter.tightest(buckets),
    };
  }

  /** Of the caller alone: what others share, they would only read what others did. */
  async mine(caller: Principal): Promise<OwnLimits> {
    const buckets = this.book.callerBucketsOf(caller);
    const names = buckets.map(({ kind }) => (kind === 'key' ? caller.credential.name : caller.email));
    const shown = await this.presenter.buckets(buckets, names);
    const uses = await Promise.all(buckets.map((bucket) => this.useOf(bucket)));
    return { buckets: shown.flatMap((bucket, at) => (uses[at] ? [{ ...bucket, ...uses[at] }] : [])) };
  }

  private async useOf(bucket: Bucket): Promise<Omit<OwnLimits['buckets'][number], 'kind' | 'name' | 'settings'>> {
    const { name, ratePerMinute, dailyQuota } = bucket;
    return {
      minute: ratePerMinute === Infinity ? null : use(await this.counters.minuteOf(name), ratePerMinute),
      day: dailyQuota === Infinity ? null : use(await this.counters.dayOf(name), dailyQuota),
      ...this.gate.places.crowd(name),
    };
  }
}

const use = ({ used, secondsLeft }: Count, limit: number): LimitUse => ({
  used,
  remaining: Math.max(0, limit - used),
  secondsLeft,
});

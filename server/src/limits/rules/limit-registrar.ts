import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AdminTrail, AppError, Clock, EventBus, isUniqueViolation } from '../../platform/index.js';
import { INSTALLATION, actorOf, demand, demandUnlimited, say, type Author } from '../../services/index.js';
import { DaySeed } from '../gate/day-seed.js';
import { LimitBook } from './limit-book.js';
import { LimitRuleRow } from './limit-rule.entity.js';
import { ruleOf, subjectColumns, type StoredRule } from './limit-rows.js';
import { LIMIT_NAMES, type LimitNumbers, type LimitSubject } from './rule.js';
import { SubjectNames } from './subject-names.js';

/** The most rules there may be: all of them are held in memory. */
const MOST_RULES = 5_000;

/** Makes, changes and removes rules; calls know before the caller has the answer. */
@Injectable()
export class LimitRegistrar {
  constructor(
    private readonly database: DataSource,
    private readonly book: LimitBook,
    private readonly names: SubjectNames,
    private readonly seed: DaySeed,
    private readonly trail: AdminTrail,
    private readonly clock: Clock,
    private readonly bus: EventBus,
  ) {}

  /**
   * @throws {AppError} `validation_failed` for a subject that does not exist or a rule that sets nothing; `conflict` for a
   * subject that has a rule
   */
  async create(subject: LimitSubject, numbers: LimitNumbers, author: Author): Promise<StoredRule> {
    demandRights(author);
    demandSomething(numbers);
    const name = await this.names.of(subject);
    if (name === undefined) throw invalid('subject', 'names nothing that exists', '指向的对象不存在');
    if (this.book.all().length >= MOST_RULES) throw invalid('subject', 'is one rule too many', '规则数量已达上限');
    const now = this.clock.now();
    const row: LimitRuleRow = {
      id: randomUUID(),
      ...subjectColumns(subject),
      ...numbers,
      createdBy: author.id,
      createdAt: now,
      updatedAt: now,
      version: 1,
    };
    await this.database
      .transaction(async (manager) => {
        await manager.insert(LimitRuleRow, row);
        await this.record(manager, 'limit.create', ruleOf(row), name, author, numbersOf(row));
      })
      .catch(sameSubject);
    await this.announce();
    return ruleOf(row);
  }

  /**
   * Makes or changes a rule as a declaration file says: what it does not set is inherited.
   *
   * @throws {AppError} as `create`
   */
  async declare(subject: LimitSubject, numbers: LimitNumbers): Promise<'created' | 'updated' | 'unchanged'> {
    const rule = this.book.rule(subject);
    if (!rule) {
      await this.create(subject, numbers, INSTALLATION);
      return 'created';
    }
    if (LIMIT_NAMES.every((name) => rule[name] === numbers[name])) return 'unchanged';
    await this.change(rule.id, numbers, rule.version, INSTALLATION);
    return 'updated';
  }

  /** @throws {AppError} `not_found` · `stale_version` · `validation_failed` for a rule that sets nothing any more */
  async change(id: string, change: Partial<LimitNumbers>, version: number, author: Author): Promise<StoredRule> {
    demandRights(author);
    const name = await this.nameOf(id);
    const row = await this.database.transaction(async (manager) => {
      const before = await manager.findOneBy(LimitRuleRow, { id });
      if (!before) throw new AppError('not_found');
      const after: LimitRuleRow = { ...before, ...change, updatedAt: this.clock.now(), version: version + 1 };
      demandSomething(after);
      const { affected } = await manager.update(
        LimitRuleRow,
        { id, version },
        { ...numbersOf(after), updatedAt: after.updatedAt, version: after.version },
      );
      if (!affected) throw new AppError('stale_version');
      const difference = { before: numbersOf(before), after: numbersOf(after) };
      await this.record(manager, 'limit.update', ruleOf(after), name, author, difference);
      return after;
    });
    await this.announce();
    return ruleOf(row);
  }

  /** @throws {AppError} `not_found` */
  async remove(id: string, author: Author): Promise<void> {
    demandRights(author);
    const name = await this.nameOf(id);
    await this.database.transaction(async (manager) => {
      const row = await manager.findOneBy(LimitRuleRow, { id });
      if (!row) throw new AppError('not_found');
      await this.delete(manager, row, name, author);
    });
    await this.announce();
  }

  /** Removes every rule about something that is gone. */
  async forget(isGone: (subject: LimitSubject) => boolean, author: Author): Promise<void> {
    const ids = this.book.all().flatMap(({ id, subject }) => (isGone(subject) ? [id] : []));
    if (ids.length === 0) return;
    await this.database.transaction(async (manager) => {
      for (const id of ids) {
        const row = await manager.findOneBy(LimitRuleRow, { id });
        if (row) await this.delete(manager, row, undefined, author);
      }
    });
    await this.announce();
  }

  private async delete(
    manager: EntityManager,
    row: LimitRuleRow,
    name: string | undefined,
    author: Author,
  ): Promise<void> {
    await manager.delete(LimitRuleRow, { id: row.id });
    await this.record(manager, 'limit.delete', ruleOf(row), name, author, numbersOf(row));
  }

  /** Asked before the transaction: inside of it, a query beside it could wait for it. */
  private async nameOf(id: string): Promise<string | undefined> {
    const rule = this.book.all().find((each) => each.id === id);
    return rule && this.names.of(rule.subject);
  }

  private async announce(): Promise<void> {
    await this.book.refresh();
    await this.seed.sow();
    this.bus.publish('limits.changed', {});
  }

  private record(
    manager: EntityManager,
    action: 'limit.create' | 'limit.update' | 'limit.delete',
    { id, subject }: StoredRule,
    name: string | undefined,
    author: Author,
    changes: object,
  ): Promise<void> {
    return this.trail.record(manager, {
      action,
      actor: actorOf(author),
      target: { kind: 'limit', id, name: `${subject.kind} ${name ?? ''}`.trim().slice(0, 254) },
      changes: { subject, ...changes },
    });
  }
}

/** A key that is limited to some services changes nothing that others feel. */
function demandRights(author: Author): void {
  demand(author, 'limits:write');
  demandUnlimited(author);
}

const numbersOf = ({ ratePerMinute, concurrency, queue, dailyQuota }: LimitNumbers): LimitNumbers => ({
  ratePerMinute,
  concurrency,
  queue,
  dailyQuota,
});

function demandSomething(numbers: LimitNumbers): void {
  if (LIMIT_NAMES.some((name) => numbers[name] !== null)) return;
  throw invalid(
    'ratePerMinute',
    'or another number must be set: a rule that sets nothing is none',
    '至少要设置一项限额',
  );
}

const invalid = (path: string, en: string, zh: string): AppError =>
  new AppError('validation_failed', { fields: [{ path, message: say(en, zh) }] });

function sameSubject(error: unknown): never {
  if (isUniqueViolation(error))
    throw new AppError('conflict', { details: { what: say('A rule for this', '该对象的规则') } });
  throw error;
}

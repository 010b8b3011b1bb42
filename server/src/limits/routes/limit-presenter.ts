import { Injectable } from '@nestjs/common';
import { RequestContext } from '../../platform/index.js';
import { People } from '../../services/index.js';
import type { StoredRule } from '../rules/limit-rows.js';
import { LIMIT_NAMES, type Bucket, type LimitName, type Setting, type Settings } from '../rules/rule.js';
import { SubjectNames } from '../rules/subject-names.js';
import { LIMIT_WORDS } from './limit-words.js';
import type { Limit, LimitBucket, LimitSetting } from './limit.dto.js';

/** Shows rules, and the numbers that come of them, with the names of those whom they are about. */
@Injectable()
export class LimitPresenter {
  constructor(
    private readonly people: People,
    private readonly names: SubjectNames,
  ) {}

  async rules(rules: readonly StoredRule[]): Promise<Limit[]> {
    const names = await this.names.ofAll(rules.map(({ subject }) => subject));
    return rules.map(({ subject, createdBy, ...rest }, at) => ({
      ...rest,
      subject: {
        kind: subject.kind,
        id: subject.kind === 'everyone' ? null : subject.id,
        tool: subject.kind === 'tool' ? subject.tool : null,
        name: names[at] ?? '',
      },
      createdBy: this.people.emailOf(createdBy),
    }));
  }

  async settings(settings: Settings): Promise<LimitSetting[]> {
    const found = LIMIT_NAMES.map((name) => ({ name, setting: settings[name] }));
    return this.present(found);
  }

  /** @param names of the buckets, in their order */
  buckets(buckets: readonly Bucket[], names: readonly string[]): Promise<LimitBucket[]> {
    return Promise.all(
      buckets.map(async ({ kind, settings }, at) => ({
        kind,
        name: names[at] ?? '',
        settings: await this.settings(settings),
      })),
    );
  }

  /** Of each limit the smallest number that any bucket has; of the first, where several have it. */
  tightest(buckets: readonly Bucket[]): Promise<LimitSetting[]> {
    const least = (name: LimitName): Setting | undefined =>
      buckets
        .map(({ settings }) => settings[name])
        .reduce<Setting | undefined>((best, each) => (best && best.value <= each.value ? best : each), undefined);
    return this.present(
      LIMIT_NAMES.flatMap((name) => {
        const setting = least(name);
        return setting ? [{ name, setting }] : [];
      }),
    );
  }

  private async present(found: readonly { name: LimitName; setting: Setting }[]): Promise<LimitSetting[]> {
    const rules = found.flatMap(({ setting: { from } }) => (typeof from === 'string' ? [] : [from]));
    const names = await this.names.ofAll(rules.map(({ subject }) => subject));
    const nameOf = new Map(rules.map((rule, at) => [rule.id, names[at]]));
    return found.map(({ name, setting: { value, from } }) => ({
      name,
      value: value === Infinity ? null : value,
      source: typeof from === 'string' ? from : 'rule',
      ruleId: typeof from === 'string' ? null : from.id,
      explanation: explanationOf(from, nameOf),
    }));
  }
}

function explanationOf(from: Setting['from'], nameOf: ReadonlyMap<string, string | undefined>): string {
  const words = LIMIT_WORDS[RequestContext.current().language];
  if (from === 'built-in') return words.builtIn;
  if (from === 'configuration') return words.configuration;
  return words.rule(from.subject.kind, nameOf.get(from.id) ?? words.gone);
}

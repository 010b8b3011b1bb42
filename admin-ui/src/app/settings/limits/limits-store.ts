import type { EffectiveLimits, Limit, LimitDefaults, LimitsApi } from '@gatehouse/api-client';
import { Deed } from '../../ui/deed';
import { PagedList } from '../../ui/paged-list';
import { Remote } from '../../ui/remote';
import { changeOf, draftOf, type LimitForm, type LimitNumbers } from './limit-form';

/** The rules, what applies without them, and what comes of them for one person at one tool. */
export class LimitsStore {
  readonly rules = new PagedList<Limit>();
  readonly defaults = new Remote<LimitDefaults>();
  readonly effective = new Remote<EffectiveLimits>();
  readonly saving = new Deed();

  constructor(private readonly api: LimitsApi) {}

  async load(): Promise<void> {
    await Promise.all([
      this.rules.load((cursor, signal) => this.api.list({ cursor }, signal)),
      this.defaults.load((signal) => this.api.defaults(signal)),
    ]);
  }

  /** @param userId of whom a rule about a person is for. @returns whether it was saved; the refusal is in `saving` */
  create(form: LimitForm, userId?: string): Promise<boolean> {
    return this.saving.run(async () => {
      await this.api.create(draftOf(form, userId));
      await this.rules.reload();
    });
  }

  /** @returns whether it was saved; the refusal is in `saving` */
  change(rule: Limit, numbers: LimitNumbers): Promise<boolean> {
    return this.saving.run(async () => {
      const changed = await this.api.change(rule.id, changeOf(numbers, rule));
      this.rules.update((rules) => rules.map((each) => (each.id === changed.id ? changed : each)));
    });
  }

  /** @throws ApiError when the server refuses */
  async remove({ id }: Limit): Promise<void> {
    await this.api.remove(id);
    this.rules.update((rules) => rules.filter((each) => each.id !== id));
  }

  explain(user: string, service: string, tool: string): Promise<void> {
    this.effective.clear();
    return this.effective.load((signal) => this.api.effective({ user, service, ...(tool && { tool }) }, signal));
  }
}

import { Component, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import { FormsModule } from '@angular/forms';
import { keysApi, servicesApi, type ApiKey, type Limit, type Service, type Tool } from '@gatehouse/api-client';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { HTTP } from '../../api/http';
import { PeopleOptions } from '../../services/access/people-options';
import { PersonInput } from '../../services/access/person-input';
import { Drawer } from '../../ui/drawer';
import { FailureNote } from '../../ui/failure-note';
import { Field } from '../../ui/field';
import { Remote } from '../../ui/remote';
import { Toaster } from '../../ui/toasts';
import {
  BOUNDS,
  EMPTY_LIMIT,
  LIMIT_KINDS,
  LIMIT_NAMES,
  areNumbersFit,
  hasSubject,
  numbersOf,
  type LimitForm,
  type LimitName,
} from './limit-form';
import type { LimitsStore } from './limits-store';

/** A new rule, or the numbers of one that is there: whom it is for is what makes it. */
@Component({
  selector: 'gh-limit-drawer',
  imports: [FormsModule, TranslocoDirective, NzButtonComponent, Drawer, FailureNote, Field, PersonInput],
  providers: [PeopleOptions],
  templateUrl: './limit-drawer.html',
})
export class LimitDrawer {
  private readonly toaster = inject(Toaster);
  private readonly transloco = inject(TranslocoService);
  private readonly options = inject(PeopleOptions);
  private readonly keysOf = keysApi(inject(HTTP));
  private readonly servicesOf = servicesApi(inject(HTTP));

  readonly store = input.required<LimitsStore>();
  /** The rule to edit; absent: a new one. */
  readonly rule = input<Limit>();
  readonly done = output();

  protected readonly kinds = LIMIT_KINDS;
  protected readonly names = LIMIT_NAMES;
  protected readonly bounds = BOUNDS;
  protected readonly groups = this.options.groups;
  protected readonly services = new Remote<readonly Service[]>();
  protected readonly keys = new Remote<readonly ApiKey[]>();
  protected readonly tools = new Remote<readonly Tool[]>();
  protected readonly whoError = signal('');
  protected readonly form = linkedSignal<LimitForm>(() => {
    const rule = this.rule();
    return rule ? { ...EMPTY_LIMIT, kind: rule.subject.kind, numbers: numbersOf(rule) } : EMPTY_LIMIT;
  });
  protected readonly complete = computed(
    () => areNumbersFit(this.form().numbers) && (this.rule() !== undefined || hasSubject(this.form())),
  );

  constructor() {
    void this.options.loadGroups();
    void this.services.load(async (signal) => (await this.servicesOf.list({ limit: 200 }, signal)).items);
  }

  protected set(change: Partial<LimitForm>): void {
    this.form.update((form) => ({ ...form, ...change }));
    this.whoError.set('');
  }

  protected setNumber(name: LimitName, value: number | null): void {
    this.form.update((form) => ({ ...form, numbers: { ...form.numbers, [name]: value } }));
  }

  protected setService(serviceId: string): void {
    this.set({ serviceId });
    this.tools.clear();
    if (serviceId && this.form().kind === 'tool')
      void this.tools.load(async (signal) => (await this.servicesOf.tools(serviceId, { limit: 200 }, signal)).items);
  }

  /** Whose keys there are to choose from. */
  protected async findKeys(): Promise<void> {
    const userId = await this.userId();
    if (userId) await this.keys.load(async (signal) => (await this.keysOf.list({ userId }, signal)).items);
  }

  protected async save(): Promise<void> {
    const rule = this.rule();
    if (rule) {
      if (!(await this.store().change(rule, this.form().numbers))) return;
    } else {
      const userId = this.form().kind === 'user' ? await this.userId() : undefined;
      if (this.form().kind === 'user' && !userId) return;
      if (!(await this.store().create(this.form(), userId))) return;
    }
    this.toaster.success('settings.limits.saved');
    this.done.emit();
  }

  private async userId(): Promise<string | undefined> {
    const { email } = this.form();
    const found = email ? (await this.options.byEmail(email).catch(() => undefined))?.id : undefined;
    this.whoError.set(found ? '' : this.transloco.translate('settings.limits.unknownPerson'));
    return found;
  }
}

import { Component, inject, input, signal } from '@angular/core';
import { servicesApi, type LimitSetting, type Service } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { HTTP } from '../../api/http';
import { PeopleOptions } from '../../services/access/people-options';
import { PersonInput } from '../../services/access/person-input';
import { Session } from '../../session/session';
import { FailureNote } from '../../ui/failure-note';
import { Field } from '../../ui/field';
import { CountPipe } from '../../ui/format-pipes';
import { Remote } from '../../ui/remote';
import { LIMIT_NAMES, type LimitName } from './limit-form';
import type { LimitsStore } from './limits-store';

/** "What limits this person at this tool?", with the rule that every number comes from. */
@Component({
  selector: 'gh-effective-limits',
  imports: [TranslocoDirective, NzButtonComponent, CountPipe, FailureNote, Field, PersonInput],
  providers: [PeopleOptions],
  templateUrl: './effective-panel.html',
  styles: `
    form {
      display: flex;
      flex-wrap: wrap;
      align-items: end;
      gap: var(--gh-3);
    }
    gh-field {
      flex: 1 1 160px;
      min-width: 0;
    }
    form button {
      margin-bottom: var(--gh-1);
    }
  `,
})
export class EffectivePanel {
  private readonly servicesOf = servicesApi(inject(HTTP));

  readonly store = input.required<LimitsStore>();

  protected readonly names = LIMIT_NAMES;
  protected readonly services = new Remote<readonly Service[]>();
  protected readonly email = signal(inject(Session).me()?.email ?? '');
  protected readonly service = signal('');
  protected readonly tool = signal('');

  constructor() {
    void this.services.load(async (signal) => (await this.servicesOf.list({ limit: 200 }, signal)).items);
  }

  protected ask(): void {
    void this.store().explain(this.email(), this.service(), this.tool().trim());
  }

  protected settingOf(settings: readonly LimitSetting[], name: LimitName): LimitSetting | undefined {
    return settings.find((setting) => setting.name === name);
  }
}

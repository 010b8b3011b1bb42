import { Component, computed, inject, input, output } from '@angular/core';
import { servicesApi, type Service } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { HTTP } from '../../api/http';
import { Deed } from '../../ui/deed';
import { FailureNote } from '../../ui/failure-note';
import { Field } from '../../ui/field';
import { RelativeTime } from '../../ui/relative-time';
import { formTexts } from '../form/form-texts';

/** Where a person enters what they use a service with that everybody uses with an account of their own. */
@Component({
  selector: 'gh-own-account',
  imports: [TranslocoDirective, NzButtonComponent, FailureNote, Field, RelativeTime],
  template: `
    <section class="gh-card" aria-labelledby="ov-own" *transloco="let t">
      <div class="gh-card-head">
        <h2 id="ov-own">{{ t('services.own.title') }}</h2>
        @if (storedAt(); as at) {
          <span class="gh-muted gh-small">{{ t('services.own.since') }} <gh-time [at]="at" /></span>
        }
      </div>
      <form class="gh-card-body gh-stack" (submit)="$event.preventDefault(); connect($any($event.target))">
        <p>{{ t(storedAt() ? 'services.own.connected' : 'services.own.missing') }}</p>
        @for (name of names(); track name) {
          <gh-field [for]="'own-' + name" [label]="name">
            <input
              class="gh-input gh-mono"
              type="password"
              required
              autocomplete="off"
              spellcheck="false"
              [id]="'own-' + name"
              [name]="name"
            />
          </gh-field>
        }
        <p class="gh-muted gh-small">{{ t('services.own.promise') }}</p>
        <gh-failure [error]="deed.error()" />
        <div class="gh-row">
          <button nz-button nzType="primary" type="submit" [nzLoading]="deed.busy()">
            {{ t(storedAt() ? 'services.own.renew' : 'services.own.connect') }}
          </button>
          @if (storedAt()) {
            <button nz-button type="button" [disabled]="deed.busy()" (click)="disconnect()">
              {{ t('services.own.disconnect') }}
            </button>
          }
        </div>
      </form>
    </section>
  `,
})
export class OwnAccount {
  private readonly api = servicesApi(inject(HTTP));

  readonly service = input.required<Service>();
  readonly changed = output();

  protected readonly deed = new Deed();
  protected readonly names = computed(() => this.service().myCredentials?.names ?? []);
  protected readonly storedAt = computed(() => this.service().myCredentials?.storedAt ?? undefined);

  protected async connect(form: HTMLFormElement): Promise<void> {
    const values = formTexts(form);
    if (!(await this.deed.run(() => this.api.connectAccount(this.service().id, values)))) return;
    form.reset();
    this.changed.emit();
  }

  protected async disconnect(): Promise<void> {
    if (await this.deed.run(() => this.api.disconnectAccount(this.service().id))) this.changed.emit();
  }
}

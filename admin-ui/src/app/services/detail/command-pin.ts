import { Component, computed, inject, input, output } from '@angular/core';
import { servicesApi, type Service } from '@gatehouse/api-client';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { HTTP } from '../../api/http';
import { Confirm } from '../../ui/confirm';
import { Deed } from '../../ui/deed';
import { FailureNote } from '../../ui/failure-note';
import { BytesPipe, CountPipe } from '../../ui/format-pipes';

/** So many letters tell two digests apart at a glance. */
const SHORT = 12;

/** Whether a local command is bound to what it runs, and the acts that bind and release it. */
@Component({
  selector: 'gh-command-pin',
  imports: [TranslocoDirective, NzButtonComponent, FailureNote, BytesPipe, CountPipe],
  template: `
    <section class="gh-card gh-card-body gh-stack" aria-labelledby="st-pin" *transloco="let t">
      <div>
        <h2 id="st-pin">{{ t('services.pin.heading') }}</h2>
        <p class="gh-muted">{{ t('services.pin.text') }}</p>
      </div>
      <p aria-live="polite">
        @if (pin(); as pinned) {
          {{ t('services.pin.pinned', { files: pinned.files | count, size: pinned.bytes | bytes }) }}
          <code [title]="pinned.digest">{{ short() }}</code>
        } @else {
          {{ t('services.pin.none') }}
        }
      </p>
      <gh-failure [error]="deed.error()" />
      <div class="gh-row">
        <button nz-button type="button" [nzLoading]="deed.busy()" (click)="bind()">
          {{ t(pin() ? 'services.pin.again' : 'services.pin.act') }}
        </button>
        @if (pin()) {
          <button nz-button type="button" [disabled]="deed.busy()" (click)="release()">
            {{ t('services.pin.remove') }}
          </button>
        }
      </div>
    </section>
  `,
})
export class CommandPin {
  private readonly api = servicesApi(inject(HTTP));
  private readonly confirm = inject(Confirm);
  private readonly transloco = inject(TranslocoService);

  readonly service = input.required<Service>();
  readonly changed = output();

  protected readonly deed = new Deed();
  protected readonly pin = computed(() => this.service().config?.pin);
  protected readonly short = computed(() => this.pin()?.digest.slice(0, SHORT));

  protected async bind(): Promise<void> {
    const { id, version } = this.service();
    if (await this.deed.run(() => this.api.pin(id, version))) this.changed.emit();
  }

  protected async release(): Promise<void> {
    const agreed = await this.confirm.ask({
      title: this.transloco.translate('services.pin.removeTitle', { name: this.service().name }),
      text: this.transloco.translate('services.pin.removeText'),
      act: this.transloco.translate('services.pin.remove'),
      destructive: true,
    });
    if (agreed && (await this.deed.run(() => this.api.unpin(this.service().id)))) this.changed.emit();
  }
}

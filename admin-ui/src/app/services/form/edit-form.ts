import { Component, computed, inject, input, output, untracked } from '@angular/core';
import { servicesApi, type Service } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { HTTP } from '../../api/http';
import { FailureNote } from '../../ui/failure-note';
import { EditStore } from './edit-store';
import { ServiceForm } from './service-form';
import { Icon } from '../../ui/icon';

/** The settings of a service, ready to be changed; a conflict shows what happened and keeps what was entered. */
@Component({
  selector: 'gh-edit-form',
  imports: [TranslocoDirective, NzButtonComponent, Icon, FailureNote, ServiceForm],
  template: `
    <form *transloco="let t" (submit)="$event.preventDefault(); save()">
      <gh-service-form [(values)]="store().values" [strict]="store().strict()" />
      <div class="foot">
        @if (store().conflict(); as conflict) {
          <div class="gh-note" data-tone="warn" role="alert">
            <nz-icon nzType="warning" nzTheme="fill" />
            <div>
              <p>
                <strong>{{ t('services.conflict.title') }}</strong>
              </p>
              <p class="gh-small">
                @if (conflict.fields.length) {
                  {{ t('services.conflict.fields') }}
                  @for (field of conflict.fields; track field; let last = $last) {
                    <span>{{ t('services.form.' + field) }}{{ last ? '' : t('services.listComma') }}</span>
                  }
                } @else {
                  {{ t('services.conflict.nothing') }}
                }
              </p>
              <div class="gh-row acts">
                <button nz-button nzSize="small" type="button" (click)="overwrite()">
                  {{ t('services.conflict.mine') }}
                </button>
                <button nz-button nzSize="small" type="button" (click)="store().takeTheirs()">
                  {{ t('services.conflict.theirs') }}
                </button>
              </div>
            </div>
          </div>
        }
        <gh-failure [error]="store().deed.error()" />
        <div class="gh-row end">
          <button
            nz-button
            nzType="primary"
            type="submit"
            [nzLoading]="store().deed.busy()"
            [disabled]="!store().dirty()"
          >
            {{ t('act.save') }}
          </button>
        </div>
      </div>
    </form>
  `,
  styles: `
    .foot {
      position: sticky;
      /* Covers the padding of the scrolled box below it. */
      bottom: calc(-1 * var(--gh-5));
      display: flex;
      flex-direction: column;
      gap: var(--gh-2);
      margin-top: var(--gh-4);
      padding: var(--gh-3) 0 var(--gh-6);
      border-top: 1px solid var(--gh-border);
      background: var(--gh-surface);
    }
    .end {
      justify-content: flex-end;
    }
    .acts {
      margin-top: var(--gh-2);
    }
    .gh-note nz-icon {
      margin-top: 4px;
      color: var(--gh-warn);
    }
  `,
})
export class EditForm {
  private readonly api = servicesApi(inject(HTTP));

  /** The service as it was when editing began; later readings of it do not disturb the form. */
  readonly service = input.required<Service>();
  readonly saved = output<Service>();

  private readonly id = computed(() => this.service().id);
  readonly store = computed(() => {
    this.id();
    return new EditStore(this.api, untracked(this.service));
  });

  protected async save(): Promise<void> {
    this.tell(await this.store().save());
  }

  protected async overwrite(): Promise<void> {
    this.tell(await this.store().overwrite());
  }

  private tell(service: Service | undefined): void {
    if (service) this.saved.emit(service);
  }
}

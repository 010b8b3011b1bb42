import { Component, input, output, signal } from '@angular/core';
import { FormsModule } from '@angular/forms';
import { TranslocoDirective } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';

/** What can be done to all selected services at once. */
@Component({
  selector: 'gh-bulk-bar',
  imports: [FormsModule, TranslocoDirective, NzButtonComponent],
  template: `
    <div class="bar" role="region" *transloco="let t" [attr.aria-label]="t('services.bulk.label')">
      <strong>{{ t('services.bulk.selected', { n: count() }) }}</strong>
      <button nz-button nzSize="small" [disabled]="busy()" (click)="enabling.emit(true)">
        {{ t('services.act.enable') }}
      </button>
      <button nz-button nzSize="small" [disabled]="busy()" (click)="enabling.emit(false)">
        {{ t('services.act.disable') }}
      </button>
      <form class="tag" (ngSubmit)="addTag()">
        <input
          class="gh-input"
          name="tag"
          maxlength="40"
          [attr.aria-label]="t('services.bulk.tag')"
          [placeholder]="t('services.bulk.tag')"
          [(ngModel)]="tag"
        />
        <button nz-button nzSize="small" type="submit" [disabled]="busy() || !tag().trim()">
          {{ t('services.bulk.addTag') }}
        </button>
      </form>
      <button class="gh-push" nz-button nzType="link" nzSize="small" (click)="cleared.emit()">
        {{ t('services.bulk.clear') }}
      </button>
    </div>
  `,
  styles: `
    .bar {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--gh-2);
      padding: var(--gh-2) var(--gh-4);
      border-bottom: 1px solid var(--gh-border);
      background: var(--gh-primary-soft);
    }
    .tag {
      display: flex;
      align-items: center;
      gap: var(--gh-1);
    }
    .tag input {
      width: 130px;
      height: 26px;
    }
    .gh-push {
      margin-inline-start: auto;
    }
  `,
})
export class BulkBar {
  readonly count = input.required<number>();
  readonly busy = input(false);
  readonly enabling = output<boolean>();
  readonly tagging = output<string>();
  readonly cleared = output();

  protected readonly tag = signal('');

  protected addTag(): void {
    const tag = this.tag().trim();
    if (!tag) return;
    this.tagging.emit(tag);
    this.tag.set('');
  }
}

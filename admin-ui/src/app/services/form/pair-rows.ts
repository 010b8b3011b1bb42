import { Component, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { KEPT_SECRET, type PairRow } from './form-values';
import { Icon } from '../../ui/icon';

/** Headers or environment variables, each with the choice whether its value goes to the vault. */
@Component({
  selector: 'gh-pair-rows',
  imports: [TranslocoDirective, NzButtonComponent, Icon],
  template: `
    <fieldset *transloco="let t">
      <legend>{{ label() }}</legend>
      @for (row of rows(); track $index; let i = $index) {
        <div class="pair">
          <input
            class="gh-input gh-mono"
            autocomplete="off"
            spellcheck="false"
            [value]="row.name"
            [placeholder]="t('services.pair.name')"
            [attr.aria-label]="t('services.pair.nameOf', { label: label(), n: i + 1 })"
            (input)="set(i, { name: $any($event.target).value })"
          />
          @if (row.secret && row.value === kept) {
            <span class="kept">
              <nz-icon nzType="lock" /> {{ t('services.pair.stored') }}
              <button nz-button nzType="link" nzSize="small" type="button" (click)="set(i, { value: '' })">
                {{ t('services.pair.replace') }}
              </button>
            </span>
          } @else {
            <input
              class="gh-input gh-mono"
              autocomplete="off"
              spellcheck="false"
              [type]="row.secret ? 'password' : 'text'"
              [value]="row.value"
              [placeholder]="t('services.pair.value')"
              [attr.aria-label]="t('services.pair.valueOf', { label: label(), n: i + 1 })"
              (input)="set(i, { value: $any($event.target).value })"
            />
          }
          <label class="secret gh-small">
            <input
              type="checkbox"
              [checked]="row.secret"
              (change)="set(i, { secret: !row.secret, value: row.value === kept ? '' : row.value })"
            />
            {{ t('services.pair.secret') }}
          </label>
          <button
            class="gh-icon-btn"
            type="button"
            [attr.aria-label]="t('services.pair.remove', { name: row.name || i + 1 })"
            (click)="remove(i)"
          >
            <nz-icon nzType="close" />
          </button>
        </div>
      }
      <button nz-button nzSize="small" type="button" (click)="add()">
        <nz-icon nzType="plus" />{{ t('act.add') }}
      </button>
      @if (error()) {
        <p class="error" aria-live="polite">{{ error() }}</p>
      } @else {
        <p class="gh-muted gh-small">{{ hint() }}</p>
      }
    </fieldset>
  `,
  styles: `
    legend {
      width: auto;
      margin: 0 0 var(--gh-1);
      padding: 0;
      border: 0;
      color: var(--gh-text);
      font-size: inherit;
      font-weight: 500;
      line-height: inherit;
    }
    .pair {
      display: grid;
      grid-template-columns: minmax(0, 2fr) minmax(0, 3fr) auto auto;
      align-items: center;
      gap: var(--gh-2);
      margin-bottom: var(--gh-2);
    }
    .secret,
    .kept {
      display: inline-flex;
      align-items: center;
      gap: 5px;
      white-space: nowrap;
    }
    .error {
      color: var(--gh-bad);
      font-size: var(--gh-text-sm);
    }
  `,
})
export class PairRows {
  readonly rows = input.required<readonly PairRow[]>();
  readonly label = input.required<string>();
  readonly hint = input('');
  readonly error = input('');
  /** Whether new rows start as secrets. */
  readonly secretFirst = input(true);
  readonly changed = output<PairRow[]>();

  protected readonly kept = KEPT_SECRET;

  protected set(index: number, change: Partial<PairRow>): void {
    this.changed.emit(this.rows().map((row, at) => (at === index ? { ...row, ...change } : row)));
  }

  protected add(): void {
    this.changed.emit([...this.rows(), { name: '', value: '', secret: this.secretFirst() }]);
  }

  protected remove(index: number): void {
    this.changed.emit(this.rows().filter((_, at) => at !== index));
  }
}

import { Component, computed, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { RANGES, fromLocalField, rangeOf, toLocalField, type RangeFilter } from './time-range';

/** Choosing how far back to look. */
@Component({
  selector: 'gh-range',
  imports: [TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <select
        #preset
        class="gh-select"
        [attr.aria-label]="t('range.label')"
        [value]="value().range"
        (change)="choose(preset.value)"
      >
        @for (each of presets; track each) {
          <option [value]="each" [selected]="each === value().range">{{ t('range.' + each) }}</option>
        }
        <option value="custom" [selected]="value().range === 'custom'">{{ t('range.custom') }}</option>
      </select>
      @if (value().range === 'custom') {
        <input
          #from
          class="gh-input"
          type="datetime-local"
          [attr.aria-label]="t('range.from')"
          [value]="fromField()"
          (change)="change({ from: from.value })"
        />
        <span aria-hidden="true">–</span>
        <input
          #to
          class="gh-input"
          type="datetime-local"
          [attr.aria-label]="t('range.to')"
          [value]="toField()"
          (change)="change({ to: to.value })"
        />
      }
    </ng-container>
  `,
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: var(--gh-1);
    }
  `,
})
export class RangePicker {
  readonly value = input.required<RangeFilter>();
  readonly changed = output<RangeFilter>();

  protected readonly presets = RANGES;
  protected readonly fromField = computed(() => toLocalField(this.value().from));
  protected readonly toField = computed(() => toLocalField(this.value().to));

  /** Own moments start from what the preset meant, so that nothing jumps. */
  protected choose(range: string): void {
    if (range !== 'custom') return this.changed.emit({ range, from: '', to: '' });
    const now = Date.now();
    const { from = '' } = rangeOf(this.value(), now);
    this.changed.emit({ range, from, to: new Date(now).toISOString() });
  }

  protected change(fields: { from?: string; to?: string }): void {
    const { from = this.fromField(), to = this.toField() } = fields;
    this.changed.emit({ range: 'custom', from: fromLocalField(from), to: fromLocalField(to) });
  }
}

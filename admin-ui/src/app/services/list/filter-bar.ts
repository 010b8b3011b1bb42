import { Component, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { HEALTH_STATES } from '@gatehouse/contracts';
import { SearchBox } from '../../ui/search-box';
import type { ServiceFilters } from './service-filters';

/** The filters of the list; a set one stands out, and all can be cleared at once. */
@Component({
  selector: 'gh-service-filters',
  imports: [TranslocoDirective, NzButtonComponent, SearchBox],
  template: `
    <div class="gh-toolbar" role="search" *transloco="let t" [attr.aria-label]="t('services.filter.label')">
      <gh-search [value]="filters().q" [label]="t('services.filter.text')" (searched)="changed.emit({ q: $event })" />
      @for (pill of pills; track pill.name) {
        <select
          class="gh-select pill"
          [class.set]="filters()[pill.name]"
          [attr.aria-label]="t('services.filter.' + pill.name)"
          [value]="filters()[pill.name]"
          (change)="set(pill.name, $event)"
        >
          <option value="">{{ t('services.filter.' + pill.name) }}</option>
          @for (value of pill.values; track value) {
            <option [value]="value" [selected]="filters()[pill.name] === value">{{ t(pill.words + value) }}</option>
          }
        </select>
      }
      @if (categories().length) {
        <select
          class="gh-select pill"
          [class.set]="filters().category"
          [attr.aria-label]="t('services.filter.category')"
          (change)="set('category', $event)"
        >
          <option value="">{{ t('services.filter.category') }}</option>
          @for (value of categories(); track value) {
            <option [value]="value" [selected]="filters().category === value">{{ value }}</option>
          }
        </select>
      }
      @if (tags().length) {
        <select
          class="gh-select pill"
          [class.set]="filters().tag"
          [attr.aria-label]="t('services.filter.tag')"
          (change)="set('tag', $event)"
        >
          <option value="">{{ t('services.filter.tag') }}</option>
          @for (value of tags(); track value) {
            <option [value]="value" [selected]="filters().tag === value">{{ value }}</option>
          }
        </select>
      }
      @if (active()) {
        <button nz-button nzType="link" nzSize="small" (click)="cleared.emit()">{{ t('act.clearFilters') }}</button>
      }
      <span class="gh-push"><ng-content /></span>
    </div>
  `,
  styles: `
    .pill {
      height: 28px;
      border-radius: 14px;
      font-size: var(--gh-text-sm);
    }
    .pill.set {
      border-color: var(--gh-primary);
      background-color: var(--gh-primary-soft);
      color: var(--gh-primary);
      font-weight: 500;
    }
  `,
})
export class FilterBar {
  readonly filters = input.required<ServiceFilters>();
  readonly active = input.required<boolean>();
  readonly categories = input.required<readonly string[]>();
  readonly tags = input.required<readonly string[]>();
  readonly changed = output<Partial<ServiceFilters>>();
  readonly cleared = output();

  protected readonly pills = [
    { name: 'state' as const, values: HEALTH_STATES, words: 'health.' },
    { name: 'type' as const, values: ['stdio', 'http', 'websocket'], words: 'services.type.' },
  ];

  protected set(name: keyof ServiceFilters, event: Event): void {
    this.changed.emit({ [name]: (event.target as HTMLSelectElement).value });
  }
}

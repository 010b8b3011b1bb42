import { CdkMenu, CdkMenuItem, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, computed, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Service } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { Languages } from '../../i18n/languages';
import { HealthChip } from '../../ui/health-chip';
import { Icon } from '../../ui/icon';
import { localText } from '../../ui/local-text';
import { CheckedAgo } from '../health/checked-ago';
import { healthReason, isWatched } from '../health/health-reason';

/** What can be done to one service from the list. */
export type RowAct = 'edit' | 'enable' | 'disable' | 'reconnect' | 'delete';

/** One service of the list, as the cells of a table row. */
@Component({
  selector: 'tr[gh-service-row]',
  imports: [RouterLink, TranslocoDirective, Icon, CdkMenu, CdkMenuItem, CdkMenuTrigger, HealthChip, CheckedAgo],
  templateUrl: './service-row.html',
  styleUrl: './service-row.css',
})
export class ServiceRow {
  private readonly languages = inject(Languages);

  readonly service = input.required<Service>();
  readonly selectable = input(false);
  readonly selected = input(false);
  readonly expanded = input(false);
  /** Id of the row with the details. */
  readonly detailsId = input.required<string>();

  readonly selecting = output<boolean>();
  readonly expanding = output();
  readonly act = output<RowAct>();

  protected readonly name = computed(() =>
    localText(this.service().displayName, this.languages.current(), this.service().name),
  );
  /** The name in the other language, when it has one of its own. */
  protected readonly otherName = computed(() => {
    const { zh, en } = this.service().displayName;
    const other = this.languages.current() === 'en' ? zh : en;
    return other && other !== this.name() ? other : '';
  });
  protected readonly reason = computed(() => healthReason(this.service().health, this.languages.current()));
  protected readonly watched = computed(() => isWatched(this.service().health.state));
  protected readonly transport = computed(() => this.service().capabilities.transport ?? this.service().type);
}

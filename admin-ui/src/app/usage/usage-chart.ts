import { DOCUMENT, Component, computed, inject, input } from '@angular/core';
import type { UsageBy, UsageRow } from '@gatehouse/api-client';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { NgxEchartsDirective, provideEchartsCore } from 'ngx-echarts';
import { Languages } from '../i18n/languages';
import { Theme } from '../theme/theme';
import { chartHeight, chartOptions } from './chart-options';

/** The statistics as bars; a picture for screen readers, which have the table. */
@Component({
  selector: 'gh-usage-chart',
  imports: [TranslocoDirective, NgxEchartsDirective],
  providers: [provideEchartsCore({ echarts: () => import('./echarts') })],
  template: `
    <div
      *transloco="let t"
      echarts
      role="img"
      [attr.aria-label]="t('usage.chart', { by: t('usage.by.' + by()) })"
      [initOpts]="{ renderer: 'svg' }"
      [options]="options()"
      [style.height.px]="height()"
    ></div>
  `,
})
export class UsageChart {
  private readonly transloco = inject(TranslocoService);
  private readonly languages = inject(Languages);
  private readonly theme = inject(Theme);
  private readonly root = inject(DOCUMENT).documentElement;

  readonly rows = input.required<readonly UsageRow[]>();
  /** What each row is called, in the reader's language. */
  readonly labels = input.required<readonly string[]>();
  readonly by = input.required<UsageBy>();

  protected readonly height = computed(() => chartHeight(this.rows().length, this.by()));
  protected readonly options = computed(() => chartOptions(this.rows(), this.labels(), this.by(), this.look()));

  /** Read anew when theme or language change. */
  private look() {
    this.theme.dark();
    this.languages.current();
    const style = getComputedStyle(this.root);
    const token = (name: string) => style.getPropertyValue(`--gh-${name}`).trim();
    return {
      succeeded: this.transloco.translate<string>('usage.succeeded'),
      errors: this.transloco.translate<string>('usage.errors'),
      denied: this.transloco.translate<string>('usage.denied'),
      ink: token('muted'),
      line: token('border'),
      surface: token('surface'),
      ok: token('chart-1'),
      bad: token('chart-2'),
      warn: token('chart-3'),
      font: token('font'),
    };
  }
}

import { Component, input } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { PageHeader } from '../ui/page-header';

/** A page one may not open: says which permission is missing and who can give it. */
@Component({
  selector: 'gh-forbidden',
  imports: [TranslocoDirective, PageHeader],
  template: `
    <ng-container *transloco="let t">
      <gh-page-header [heading]="t('forbidden.title')" />
      <div class="gh-card gh-card-body gh-stack-sm">
        <p>
          {{ t('forbidden.missing') }} <code class="gh-tag">{{ permission() }}</code>
        </p>
        <p class="gh-muted">{{ t('forbidden.remedy') }}</p>
      </div>
    </ng-container>
  `,
})
export default class Forbidden {
  /** From the query string. */
  readonly permission = input('');
}

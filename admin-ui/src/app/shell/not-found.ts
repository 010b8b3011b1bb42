import { Component } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { PageHeader } from '../ui/page-header';

/** An address that leads nowhere. */
@Component({
  selector: 'gh-not-found',
  imports: [TranslocoDirective, RouterLink, PageHeader],
  template: `
    <ng-container *transloco="let t">
      <gh-page-header [heading]="t('notFound.title')" [lead]="t('notFound.lead')" />
      <a routerLink="/">{{ t('notFound.home') }}</a>
    </ng-container>
  `,
})
export default class NotFound {}

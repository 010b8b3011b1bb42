import { Component } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { PageHeader } from '../ui/page-header';

@Component({
  selector: 'gh-settings-page',
  imports: [TranslocoDirective, PageHeader],
  template: `<ng-container *transloco="let t"><gh-page-header [heading]="t('nav.settings')" /></ng-container>`,
})
export default class SettingsPage {}

import { Component, computed, inject, input } from '@angular/core';
import { Router } from '@angular/router';
import { ApiError } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { ErrorPanel } from '../ui/error-panel';
import { Entrance } from './entrance';
import { insideTarget } from './inside-target';

/** The server does not say who we are: nothing can be shown before it does. */
@Component({
  selector: 'gh-unreachable',
  imports: [TranslocoDirective, ErrorPanel, Entrance],
  template: `
    <gh-entrance *transloco="let t" [heading]="t('unreachable')">
      <gh-error-panel [error]="error()" (retry)="retry()" />
    </gh-entrance>
  `,
})
export default class Unreachable {
  private readonly router = inject(Router);

  /** From the query string: why, and where the person wanted to go. */
  readonly code = input('network');
  readonly next = input<string>();

  protected readonly error = computed(
    () => new ApiError({ code: this.code() === 'network' ? 'network' : 'unreadable', message: '' }, 0),
  );

  protected retry(): void {
    void this.router.navigateByUrl(insideTarget(this.next()), { onSameUrlNavigation: 'reload' });
  }
}

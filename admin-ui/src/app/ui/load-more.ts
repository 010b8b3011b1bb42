import { Component, inject, input } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import type { PagedList } from './paged-list';
import { Toaster } from './toasts';

/** Under a list: how many rows are shown, and the next page. */
@Component({
  selector: 'gh-load-more',
  imports: [TranslocoDirective, NzButtonComponent],
  template: `
    <ng-container *transloco="let t">
      <span class="gh-muted gh-small">{{
        t(of().hasMore() ? 'list.shownSoFar' : 'list.shown', { n: of().items().length })
      }}</span>
      @if (of().hasMore()) {
        <button nz-button nzSize="small" [disabled]="of().loadingMore()" (click)="more()">{{ t('list.more') }}</button>
      }
    </ng-container>
  `,
  styles: `
    :host {
      display: flex;
      align-items: center;
      justify-content: space-between;
      min-height: 40px;
      padding: 6px var(--gh-4);
      border-top: 1px solid var(--gh-border);
    }
  `,
})
export class LoadMore {
  private readonly toaster = inject(Toaster);

  readonly of = input.required<PagedList<unknown>>();

  protected more(): void {
    this.of()
      .more()
      .catch((error: unknown) => this.toaster.failure(error));
  }
}

import { Component, inject, input, signal, viewChild, type ElementRef } from '@angular/core';
import { ApiError, type Tool, type ToolReview, type ToolReviewDecision } from '@gatehouse/api-client';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { RelativeTime } from '../../ui/relative-time';
import { Toaster } from '../../ui/toasts';
import { ServiceStore } from '../detail/service-store';
import { ChangedText } from './changed-text';

/** Whether what a tool says was accepted, what there is to look at, and the decision of whoever may make it. */
@Component({
  selector: 'gh-tool-review',
  imports: [TranslocoDirective, NzButtonComponent, RelativeTime, ChangedText],
  template: `
    <ng-container *transloco="let t">
      @if (tool().review; as review) {
        <section
          #panel
          class="gh-stack-sm"
          tabindex="-1"
          [class.held]="review.state === 'held'"
          [attr.aria-label]="t('services.review.title', { name: tool().name })"
        >
          <div class="gh-spread head">
            <div>
              <p>{{ t('services.review.' + situationOf(review)) }}</p>
              <p class="gh-muted gh-small">
                {{ t(review.state === 'held' ? 'services.review.heldSince' : 'services.review.acceptedAt') }}
                <gh-time [at]="review.since" />
                @if (review.by) {
                  · {{ t('services.review.by', { who: review.by }) }}
                }
              </p>
            </div>
            @if (mayEdit()) {
              <div class="gh-row">
                @if (review.state === 'held' || review.changes.length) {
                  <button
                    nz-button
                    nzType="primary"
                    nzSize="small"
                    [disabled]="busy()"
                    (click)="decide(review, 'accept')"
                  >
                    {{ t(review.state === 'held' ? 'services.review.accept' : 'services.review.seen') }}
                  </button>
                }
                @if (review.state === 'accepted') {
                  <button nz-button nzSize="small" [disabled]="busy()" (click)="decide(review, 'hold')">
                    {{ t('services.review.hold') }}
                  </button>
                }
              </div>
            }
          </div>
          @for (change of review.changes; track change.path) {
            <gh-changed-text [change]="change" />
          }
        </section>
      }
    </ng-container>
  `,
  styles: `
    section {
      padding: var(--gh-3);
      border: 1px solid var(--gh-border);
      border-radius: var(--gh-radius);
      background: var(--gh-surface);
    }
    .held {
      border-color: var(--gh-warn);
    }
    .head {
      align-items: start;
      flex-wrap: wrap;
    }
  `,
})
export class ToolReviewPanel {
  private readonly store = inject(ServiceStore);
  private readonly toaster = inject(Toaster);
  private readonly transloco = inject(TranslocoService);

  readonly tool = input.required<Tool>();
  readonly mayEdit = input(false);

  protected readonly busy = signal(false);
  private readonly panel = viewChild<ElementRef<HTMLElement>>('panel');

  /** The sentence that says where the tool stands. */
  protected situationOf({ state, reason, changes }: ToolReview): string {
    if (state === 'held') return `reason.${reason ?? 'by-hand'}`;
    return changes.length > 0 ? 'changedText' : 'acceptedText';
  }

  /** The button that was pressed may be gone afterwards: whoever pressed it goes on from the panel. */
  protected async decide({ hash }: ToolReview, decision: ToolReviewDecision['decision']): Promise<void> {
    const { name } = this.tool();
    this.busy.set(true);
    try {
      await this.store.review(name, { decision, hash });
      this.toaster.success(`services.review.done.${decision}`, { name });
    } catch (error) {
      await this.refused(error, name);
    } finally {
      this.busy.set(false);
    }
    this.panel()?.nativeElement.focus();
  }

  private async refused(error: unknown, name: string): Promise<void> {
    if (!(error instanceof ApiError) || error.code !== 'stale_version') return this.toaster.failure(error);
    this.toaster.show('error', this.transloco.translate('services.review.stale', { name }));
    await this.store.tools.reload();
  }
}

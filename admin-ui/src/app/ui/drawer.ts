import { Dialog, type DialogRef } from '@angular/cdk/dialog';
import { createGlobalPositionStrategy } from '@angular/cdk/overlay';
import {
  Component,
  DestroyRef,
  Injector,
  type TemplateRef,
  ViewContainerRef,
  afterNextRender,
  inject,
  input,
  output,
  viewChild,
} from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Icon } from './icon';

let nextId = 1;

/**
 * A panel at the right edge over the page, as a modal dialog: named by its title, focus kept inside and given back, Esc closes.
 *
 * It is open for as long as it exists: put it in an `@if`. `[drawer-foot]` in the content is its row of buttons; the element
 * marked `cdkFocusInitial` is focused first. `closing` only asks: remove the drawer to agree.
 */
@Component({
  selector: 'gh-drawer',
  imports: [TranslocoDirective, Icon],
  template: `
    <ng-template #sheet>
      <section class="sheet" *transloco="let t">
        <header>
          <h2 [id]="titleId">{{ heading() }}</h2>
          <button class="gh-icon-btn" type="button" [attr.aria-label]="t('act.close')" (click)="closing.emit()">
            <nz-icon nzType="close" />
          </button>
        </header>
        <div class="body"><ng-content /></div>
        <footer><ng-content select="[drawer-foot]" /></footer>
      </section>
    </ng-template>
  `,
  styles: `
    .sheet {
      display: flex;
      flex-direction: column;
      height: 100%;
    }
    header {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: var(--gh-3);
      padding: 14px var(--gh-4) 14px var(--gh-6);
      border-bottom: 1px solid var(--gh-border);
    }
    h2 {
      min-width: 0;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .body {
      flex: 1;
      min-height: 0;
      overflow: auto;
      padding: var(--gh-5) var(--gh-6);
    }
    footer {
      display: flex;
      justify-content: flex-end;
      gap: var(--gh-2);
      padding: var(--gh-3) var(--gh-6);
      border-top: 1px solid var(--gh-border);
    }
    footer:empty {
      display: none;
    }
  `,
})
export class Drawer {
  private readonly dialog = inject(Dialog);
  private readonly views = inject(ViewContainerRef);
  private readonly injector = inject(Injector);
  private readonly sheet = viewChild.required<TemplateRef<unknown>>('sheet');

  readonly heading = input.required<string>();
  /** CSS length; narrower windows get the whole width. */
  readonly width = input('520px');
  /** Esc, the backdrop or the cross. */
  readonly closing = output();

  protected readonly titleId = `gh-drawer-${nextId++}`;

  constructor() {
    let opened: DialogRef | undefined;
    afterNextRender(() => (opened = this.show()));
    inject(DestroyRef).onDestroy(() => opened?.close());
  }

  private show(): DialogRef {
    const opened: DialogRef = this.dialog.open(this.sheet(), {
      viewContainerRef: this.views,
      positionStrategy: createGlobalPositionStrategy(this.injector).top('0').right('0'),
      width: this.width(),
      height: '100%',
      maxWidth: '100vw',
      panelClass: 'gh-sheet',
      backdropClass: 'gh-backdrop',
      ariaLabelledBy: this.titleId,
      ariaModal: true,
      disableClose: true,
    });
    opened.backdropClick.subscribe(() => this.closing.emit());
    opened.keydownEvents.subscribe((event) => {
      if (event.key !== 'Escape' || event.isComposing) return;
      event.preventDefault();
      this.closing.emit();
    });
    return opened;
  }
}

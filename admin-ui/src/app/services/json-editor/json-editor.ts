import {
  CSP_NONCE,
  Component,
  DestroyRef,
  type ElementRef,
  afterNextRender,
  effect,
  inject,
  input,
  model,
  signal,
  viewChild,
} from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { EditorHandle } from './editor-setup';

/** A JSON editor; the editor itself is fetched when the first one is shown. */
@Component({
  selector: 'gh-json-editor',
  imports: [TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @if (!ready()) {
        <p class="gh-muted waiting" role="status">{{ t('loading') }} …</p>
      }
    </ng-container>
    <div #host class="host" [hidden]="!ready()"></div>
  `,
  styles: `
    .host {
      overflow: hidden;
      border: 1px solid var(--gh-control-border);
      border-radius: var(--gh-radius);
    }
    .host:focus-within {
      border-color: var(--gh-primary);
      outline: 2px solid var(--gh-focus);
      outline-offset: -1px;
    }
    .waiting {
      min-height: 160px;
    }
  `,
})
export class JsonEditor {
  private readonly host = viewChild.required<ElementRef<HTMLElement>>('host');
  private readonly nonce = inject(CSP_NONCE, { optional: true });
  private editor: EditorHandle | undefined;

  readonly text = model.required<string>();
  /** What the JSON is, for screen readers. */
  readonly label = input.required<string>();

  protected readonly ready = signal(false);

  constructor() {
    let gone = false;
    inject(DestroyRef).onDestroy(() => {
      gone = true;
      this.editor?.destroy();
    });
    const show = async () => {
      const { openEditor } = await import('./editor-setup');
      if (gone) return;
      this.editor = openEditor(this.host().nativeElement, {
        text: this.text(),
        label: this.label(),
        nonce: this.nonce,
        changed: (text) => this.text.set(text),
      });
      this.ready.set(true);
    };
    afterNextRender(() => void show());
    effect(() => this.editor?.show(this.text()));
  }
}

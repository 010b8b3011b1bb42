import { DOCUMENT, Component, computed, inject, input } from '@angular/core';
import type { EmbedApp } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { CodeBlock } from '../../ui/code-block';
import { pageSnippet, serverSnippet } from './snippets';

/** What an app needs on its page and on its server. */
@Component({
  selector: 'gh-embed-snippet',
  imports: [TranslocoDirective, CodeBlock],
  template: `
    <ng-container *transloco="let t">
      @for (part of parts(); track part.id) {
        <section>
          <h3>{{ t('settings.embed.' + part.id) }}</h3>
          <p class="gh-muted">{{ t('settings.embed.' + part.id + 'Hint') }}</p>
          <gh-code-block [code]="part.code" [label]="t('settings.embed.' + part.id)" />
        </section>
      }
    </ng-container>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: var(--gh-5);
    }
    p {
      margin-bottom: var(--gh-2);
    }
  `,
})
export class EmbedSnippet {
  private readonly gateway = inject(DOCUMENT).location.origin;

  readonly app = input.required<EmbedApp>();

  protected readonly parts = computed(() => [
    { id: 'page', code: pageSnippet(this.gateway) },
    { id: 'server', code: serverSnippet(this.gateway, this.app().allowedOrigins[0] ?? 'https://portal.example.com') },
  ]);
}

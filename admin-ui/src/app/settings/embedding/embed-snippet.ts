import { DOCUMENT, Component, computed, inject, input } from '@angular/core';
import type { EmbedApp } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { CopyButton } from '../../ui/copy-button';
import { pageSnippet, serverSnippet } from './snippets';

/** What an app needs on its page and on its server. */
@Component({
  selector: 'gh-embed-snippet',
  imports: [TranslocoDirective, CopyButton],
  template: `
    <ng-container *transloco="let t">
      @for (part of parts(); track part.id) {
        <section>
          <h3>{{ t('settings.embed.' + part.id) }}</h3>
          <p class="gh-muted">{{ t('settings.embed.' + part.id + 'Hint') }}</p>
          <div class="code">
            <pre class="gh-code" tabindex="0" role="region" [attr.aria-label]="t('settings.embed.' + part.id)">{{
              part.code
            }}</pre>
            <gh-copy [text]="part.code" [label]="t('act.copyNamed', { name: t('settings.embed.' + part.id) })" />
          </div>
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
    .code {
      position: relative;
      margin-top: var(--gh-2);
    }
    gh-copy {
      position: absolute;
      top: 6px;
      right: 8px;
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

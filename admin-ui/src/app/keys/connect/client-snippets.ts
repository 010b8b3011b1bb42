import { DOCUMENT, Component, computed, inject, input, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { CodeBlock } from '../../ui/code-block';
import { clientHelp } from './snippets';

/** What to paste into each client; with a secret it is ready to use. */
@Component({
  selector: 'gh-client-snippets',
  imports: [TranslocoDirective, CodeBlock],
  template: `
    <ng-container *transloco="let t">
      <div class="clients" role="group" [attr.aria-label]="t('keys.connect.client')">
        @for (client of clients(); track client.id) {
          <button type="button" [attr.aria-pressed]="client.id === chosen().id" (click)="chosenId.set(client.id)">
            {{ client.name }}
          </button>
        }
      </div>
      @for (snippet of chosen().snippets; track snippet.text) {
        <p>{{ t(snippet.text) }}</p>
        <gh-code-block [code]="snippet.code" [label]="t('keys.connect.snippet', { name: chosen().name })" />
      }
    </ng-container>
  `,
  styles: `
    .clients {
      display: flex;
      flex-wrap: wrap;
      gap: var(--gh-2);
    }
    .clients button {
      height: 30px;
      padding: 0 var(--gh-3);
      border: 1px solid var(--gh-border-strong);
      border-radius: 15px;
      background: none;
      color: var(--gh-text-2);
      font: inherit;
      font-size: var(--gh-text-sm);
      cursor: pointer;
    }
    .clients button:hover {
      border-color: var(--gh-primary);
      color: var(--gh-primary);
    }
    .clients button[aria-pressed='true'] {
      border-color: var(--gh-primary);
      background: var(--gh-primary-soft);
      color: var(--gh-primary);
      font-weight: 600;
    }
    p {
      margin: var(--gh-4) 0 var(--gh-2);
      color: var(--gh-text-2);
    }
  `,
})
export class ClientSnippets {
  private readonly origin = inject(DOCUMENT).location.origin;

  /** A secret to fill in; '' leaves a placeholder. */
  readonly secret = input('');

  /** Path of the endpoint. */
  readonly path = input('/mcp');

  protected readonly chosenId = signal('claude-code');
  protected readonly clients = computed(() => clientHelp(this.origin, this.secret() || 'YOUR_API_KEY', this.path()));
  protected readonly chosen = computed(() => {
    const [first, ...others] = this.clients();
    return others.find((client) => client.id === this.chosenId()) ?? first;
  });
}

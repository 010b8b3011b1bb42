import { DOCUMENT, Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { CopyButton } from '../../ui/copy-button';
import { ClientSnippets } from './client-snippets';
import { Icon } from '../../ui/icon';

/** How to point an MCP client at this gateway. */
@Component({
  selector: 'gh-connect-tab',
  imports: [RouterLink, TranslocoDirective, Icon, CopyButton, ClientSnippets],
  template: `
    <div class="gh-stack" *transloco="let t">
      <section class="gh-card" aria-labelledby="address-title">
        <div class="gh-card-head">
          <h2 id="address-title">{{ t('keys.connect.address') }}</h2>
        </div>
        <div class="gh-card-body">
          <div class="address">
            <code>{{ address }}</code>
            <gh-copy
              [text]="address"
              [label]="t('act.copyNamed', { name: t('keys.connect.copyName') })"
              [word]="true"
            />
          </div>
          <p class="gh-muted">{{ t('keys.connect.addressLead') }}</p>
        </div>
      </section>
      <section class="gh-card" aria-labelledby="client-title">
        <div class="gh-card-head">
          <h2 id="client-title">{{ t('keys.connect.client') }}</h2>
        </div>
        <div class="gh-card-body gh-stack">
          <p class="gh-note">
            <nz-icon nzType="key" />
            <span
              >{{ t('keys.connect.needKey') }}
              <a routerLink=".." [queryParams]="{ create: 1 }">{{ t('keys.connect.createKey') }}</a></span
            >
          </p>
          <gh-client-snippets />
        </div>
      </section>
    </div>
  `,
  styles: `
    .address {
      display: inline-flex;
      align-items: center;
      gap: var(--gh-3);
      max-width: 100%;
      margin-bottom: var(--gh-2);
      padding: 4px 4px 4px var(--gh-3);
      border: 1px solid var(--gh-border);
      border-radius: var(--gh-radius);
      background: var(--gh-surface-2);
    }
    .address code {
      font-size: var(--gh-text-md);
      overflow-wrap: anywhere;
    }
    .gh-note nz-icon {
      margin-top: 4px;
      color: var(--gh-info);
    }
  `,
})
export default class ConnectTab {
  protected readonly address = `${inject(DOCUMENT).location.origin}/mcp`;
}

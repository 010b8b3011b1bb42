import { DOCUMENT, Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { profilesApi, type Profile } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { HTTP } from '../../api/http';
import { Languages } from '../../i18n/languages';
import { CopyButton } from '../../ui/copy-button';
import { ClientSnippets } from './client-snippets';
import { Field } from '../../ui/field';
import { Icon } from '../../ui/icon';
import { localText } from '../../ui/local-text';
import { Remote } from '../../ui/remote';

/** How to point an MCP client at this gateway. */
@Component({
  selector: 'gh-connect-tab',
  imports: [RouterLink, TranslocoDirective, Icon, CopyButton, ClientSnippets, Field],
  template: `
    <div class="gh-stack" *transloco="let t">
      <section class="gh-card" aria-labelledby="address-title">
        <div class="gh-card-head">
          <h2 id="address-title">{{ t('keys.connect.address') }}</h2>
        </div>
        <div class="gh-card-body">
          @if (profiles.value()?.length) {
            <gh-field for="ct-endpoint" [label]="t('keys.connect.endpoint')" [hint]="t('keys.connect.endpointHint')">
              <select class="gh-select" id="ct-endpoint" (change)="path.set($any($event.target).value)">
                <option [value]="everything">{{ t('keys.connect.everything') }}</option>
                @for (profile of profiles.value(); track profile.id) {
                  <option [value]="profile.endpoint" [selected]="path() === profile.endpoint">
                    {{ nameOf(profile) }}
                  </option>
                }
              </select>
            </gh-field>
          }
          <div class="address">
            <code>{{ address() }}</code>
            <gh-copy
              [text]="address()"
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
          <gh-client-snippets [path]="path()" />
        </div>
      </section>
    </div>
  `,
  styles: `
    gh-field {
      max-width: 420px;
      margin-bottom: var(--gh-3);
    }
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
  private readonly api = profilesApi(inject(HTTP));
  private readonly languages = inject(Languages);
  private readonly origin = inject(DOCUMENT).location.origin;

  protected readonly everything = '/mcp';
  /** Those that offer something to whoever is signed in; without any, there is nothing to choose. */
  protected readonly profiles = new Remote<Profile[]>();
  protected readonly path = signal(this.everything);
  protected readonly address = computed(() => this.origin + this.path());

  constructor() {
    void this.profiles.load(async (signal) => (await this.api.list({ limit: 200 }, signal)).items);
  }

  protected nameOf({ displayName, slug }: Profile): string {
    return localText(displayName, this.languages.current(), slug);
  }
}

import { DOCUMENT, Component, computed, inject, input, output } from '@angular/core';
import type { Profile } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { ClientSnippets } from '../../keys/connect/client-snippets';
import { CopyButton } from '../../ui/copy-button';
import { Drawer } from '../../ui/drawer';
import { Icon } from '../../ui/icon';
import { TokenMeter } from './token-meter';

/** How a client is pointed at a profile, and what the profile costs its model. */
@Component({
  selector: 'gh-endpoint-drawer',
  imports: [TranslocoDirective, ClientSnippets, CopyButton, Drawer, Icon, TokenMeter],
  template: `
    <ng-container *transloco="let t">
      <gh-drawer width="640px" [heading]="heading()" (closing)="done.emit()">
        <div class="gh-stack">
          <section class="gh-stack-sm" aria-labelledby="pe-address">
            <h3 id="pe-address">{{ t('profiles.endpoint.title') }}</h3>
            <div class="gh-row">
              <code>{{ address() }}</code>
              <gh-copy
                [text]="address()"
                [label]="t('act.copyNamed', { name: t('profiles.endpoint.copyName') })"
                [word]="true"
              />
            </div>
          </section>
          <section class="gh-stack-sm" aria-labelledby="pe-client">
            <h3 id="pe-client">{{ t('profiles.endpoint.client') }}</h3>
            <p class="gh-note"><nz-icon nzType="key" />{{ t('profiles.endpoint.needKey') }}</p>
            <gh-client-snippets [path]="profile().endpoint" />
          </section>
          <section class="gh-stack-sm" aria-labelledby="pe-cost">
            <h3 id="pe-cost">{{ t('profiles.cost.title') }}</h3>
            <gh-token-meter [profile]="profile()" />
          </section>
        </div>
      </gh-drawer>
    </ng-container>
  `,
  styles: `
    code {
      overflow-wrap: anywhere;
    }
  `,
})
export class EndpointDrawer {
  private readonly origin = inject(DOCUMENT).location.origin;

  readonly profile = input.required<Profile>();
  /** The profile's name in the reader's language. */
  readonly heading = input.required<string>();
  readonly done = output();

  protected readonly address = computed(() => this.origin + this.profile().endpoint);
}

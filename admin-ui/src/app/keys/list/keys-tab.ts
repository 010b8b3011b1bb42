import { Component, computed, inject } from '@angular/core';
import { keysApi, servicesApi, type ApiKey } from '@gatehouse/api-client';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { HTTP } from '../../api/http';
import { Session } from '../../session/session';
import { Clock } from '../../ui/clock';
import { Confirm } from '../../ui/confirm';
import { Icon } from '../../ui/icon';
import { ListState } from '../../ui/list-state';
import { LoadMore } from '../../ui/load-more';
import { RelativeTime } from '../../ui/relative-time';
import { StatusChip } from '../../ui/status-chip';
import { Toaster } from '../../ui/toasts';
import { urlFilters } from '../../ui/url-filters';
import { KeyDrawer } from './key-drawer';
import { KEY_TONES, keyState } from './key-state';
import { KeysStore } from './keys-store';

/** The API keys as a list. */
@Component({
  selector: 'gh-keys-tab',
  imports: [TranslocoDirective, NzButtonComponent, Icon, ListState, LoadMore, RelativeTime, StatusChip, KeyDrawer],
  templateUrl: './keys-tab.html',
})
export default class KeysTab {
  private readonly confirm = inject(Confirm);
  private readonly toaster = inject(Toaster);
  private readonly transloco = inject(TranslocoService);
  private readonly clock = inject(Clock);
  private readonly myId = inject(Session).me()?.id;

  protected readonly store = new KeysStore(keysApi(inject(HTTP)), servicesApi(inject(HTTP)));
  /** `create=1` opens the drawer, so that other pages can link to it. */
  protected readonly address = urlFilters({ create: '' });
  protected readonly tones = KEY_TONES;
  protected readonly rows = computed(() =>
    this.store.keys.items().map((key) => ({ ...key, state: keyState(key, this.clock.now()) })),
  );
  protected readonly othersToo = computed(() => this.store.keys.items().some((key) => key.userId !== this.myId));

  constructor() {
    void this.store.load();
    void this.store.loadServices();
  }

  protected async revoke(key: ApiKey): Promise<void> {
    const { name } = key;
    const agreed = await this.confirm.ask({
      title: this.transloco.translate('keys.revokeTitle', { name }),
      text: this.transloco.translate('keys.revokeText'),
      act: this.transloco.translate('keys.revoke'),
      destructive: true,
    });
    if (!agreed) return;
    try {
      await this.store.revoke(key);
      this.toaster.success('keys.revoked', { name });
    } catch (error) {
      this.toaster.failure(error);
    }
  }
}

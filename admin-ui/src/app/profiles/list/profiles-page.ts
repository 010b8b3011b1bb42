import { Component, computed, inject, signal } from '@angular/core';
import { profilesApi, type Profile } from '@gatehouse/api-client';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { HTTP } from '../../api/http';
import { Languages } from '../../i18n/languages';
import { Session } from '../../session/session';
import { Confirm } from '../../ui/confirm';
import { Icon } from '../../ui/icon';
import { ListState } from '../../ui/list-state';
import { LoadMore } from '../../ui/load-more';
import { localText } from '../../ui/local-text';
import { PageHeader } from '../../ui/page-header';
import { RelativeTime } from '../../ui/relative-time';
import { RowMenu, type RowAct } from '../../ui/row-menu';
import { StatusChip } from '../../ui/status-chip';
import { Toaster } from '../../ui/toasts';
import { EndpointDrawer } from '../endpoint/endpoint-drawer';
import { ProfileDrawer } from '../form/profile-drawer';
import { ProfilesStore } from './profiles-store';

/** All profiles; each is edited, and connected to, in a drawer. */
@Component({
  selector: 'gh-profiles-page',
  imports: [
    TranslocoDirective,
    NzButtonComponent,
    Icon,
    ListState,
    LoadMore,
    PageHeader,
    RelativeTime,
    RowMenu,
    StatusChip,
    EndpointDrawer,
    ProfileDrawer,
  ],
  templateUrl: './profiles-page.html',
})
export default class ProfilesPage {
  private readonly confirm = inject(Confirm);
  private readonly languages = inject(Languages);
  private readonly session = inject(Session);
  private readonly toaster = inject(Toaster);
  private readonly transloco = inject(TranslocoService);

  protected readonly store = new ProfilesStore(profilesApi(inject(HTTP)));
  protected readonly editing = signal<Profile | 'new' | undefined>(undefined);
  protected readonly connecting = signal<Profile | undefined>(undefined);
  protected readonly mayAdd = computed(() => this.session.may('grants:write'));

  constructor() {
    void this.store.load();
  }

  protected nameOf({ displayName, slug }: Profile): string {
    return localText(displayName, this.languages.current(), slug);
  }

  protected missingIn({ items }: Profile): number {
    return (items ?? []).filter(({ missing }) => missing !== null).length;
  }

  protected grantsOf({ accessControl }: Profile, effect: 'allow' | 'deny') {
    return (accessControl?.grants ?? []).filter((grant) => grant.effect === effect);
  }

  protected actsFor({ can, enabled }: Profile): RowAct[] {
    return [
      { id: 'connect', text: 'profiles.connect' },
      ...(can.edit ? [{ id: 'edit', text: 'act.edit' }] : []),
      ...(can.edit ? [{ id: 'switch', text: enabled ? 'profiles.switchOff' : 'profiles.switchOn' }] : []),
      ...(can.delete ? [{ id: 'delete', text: 'act.delete', bad: true }] : []),
    ];
  }

  protected act(id: string, profile: Profile): void {
    if (id === 'connect') this.connecting.set(profile);
    if (id === 'edit') this.open(profile);
    if (id === 'switch')
      this.store.setEnabled(profile, !profile.enabled).catch((error: unknown) => this.toaster.failure(error));
    if (id === 'delete') void this.delete(profile);
  }

  protected open(profile: Profile | 'new'): void {
    this.store.saving.reset();
    if (profile !== 'new' && !profile.can.edit) this.connecting.set(profile);
    else this.editing.set(profile);
  }

  private async delete(profile: Profile): Promise<void> {
    const name = this.nameOf(profile);
    const agreed = await this.confirm.ask({
      title: this.transloco.translate('profiles.deleteTitle', { name }),
      text: this.transloco.translate('profiles.deleteText'),
      act: this.transloco.translate('act.delete'),
      destructive: true,
    });
    if (!agreed) return;
    try {
      await this.store.remove(profile);
      this.toaster.success('profiles.deleted', { name });
    } catch (error) {
      this.toaster.failure(error);
    }
  }
}

import { Component, computed, effect, inject, untracked } from '@angular/core';
import { accessApi, type Grant, type GrantDraft } from '@gatehouse/api-client';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { HTTP } from '../../api/http';
import { Session } from '../../session/session';
import { Confirm } from '../../ui/confirm';
import { Deed } from '../../ui/deed';
import { FailureNote } from '../../ui/failure-note';
import { Icon } from '../../ui/icon';
import { ListState } from '../../ui/list-state';
import { RelativeTime } from '../../ui/relative-time';
import { Toaster } from '../../ui/toasts';
import { listingOf } from '../detail/remote-listing';
import { ServiceStore } from '../detail/service-store';
import { ExplainPanel } from './explain-panel';
import { GrantForm } from './grant-form';
import { GrantsStore } from './grants-store';
import { PeopleOptions } from './people-options';

/** Who may use the service or single tools of it, and why somebody may or may not. */
@Component({
  selector: 'gh-access-tab',
  imports: [TranslocoDirective, Icon, FailureNote, ListState, RelativeTime, ExplainPanel, GrantForm],
  providers: [PeopleOptions],
  templateUrl: './access-tab.html',
  styleUrl: './access-tab.css',
})
export default class AccessTab {
  private readonly confirm = inject(Confirm);
  private readonly toaster = inject(Toaster);
  private readonly transloco = inject(TranslocoService);
  private readonly session = inject(Session);

  protected readonly store = inject(ServiceStore);
  protected readonly grants = new GrantsStore(accessApi(inject(HTTP)));
  protected readonly listing = listingOf(this.grants.read, this.grants.grants);
  protected readonly deed = new Deed();
  protected readonly mayGrant = computed(() => this.session.may('grants:write'));
  private readonly serviceId = computed(() => this.store.service()?.id);

  constructor() {
    effect(() => {
      const id = this.serviceId();
      if (id) untracked(() => void this.grants.load(id));
    });
    void this.store.loadTools();
  }

  protected async add(draft: GrantDraft): Promise<void> {
    if (await this.deed.run(() => this.grants.add(draft))) this.toaster.success('services.access.added');
  }

  protected async remove(grant: Grant): Promise<void> {
    const agreed = await this.confirm.ask({
      title: this.transloco.translate(`services.access.removeTitle.${grant.effect}`),
      text: this.transloco.translate(`services.access.removeText.${grant.effect}`, { name: this.nameOf(grant) }),
      act: this.transloco.translate('act.remove'),
      destructive: true,
    });
    if (agreed && (await this.deed.run(() => this.grants.remove(grant))))
      this.toaster.success('services.access.removed');
  }

  protected nameOf(grant: Grant): string {
    return grant.subject.kind === 'everyone'
      ? this.transloco.translate('services.subject.everyone')
      : grant.subject.name;
  }
}

import { Component, computed, effect, inject, input, untracked } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { Languages } from '../../i18n/languages';
import { Session } from '../../session/session';
import { ErrorPanel } from '../../ui/error-panel';
import { HealthChip } from '../../ui/health-chip';
import { Icon } from '../../ui/icon';
import { localText } from '../../ui/local-text';
import { PageHeader } from '../../ui/page-header';
import { Toaster } from '../../ui/toasts';
import { ServiceStore } from './service-store';

/** One service: its name and state above, its parts as tabs that live in the address. */
@Component({
  selector: 'gh-service-page',
  imports: [
    RouterLink,
    RouterLinkActive,
    RouterOutlet,
    TranslocoDirective,
    NzButtonComponent,
    Icon,
    ErrorPanel,
    HealthChip,
    PageHeader,
  ],
  providers: [ServiceStore],
  templateUrl: './service-page.html',
  styleUrl: './service-page.css',
})
export default class ServicePage {
  private readonly session = inject(Session);
  private readonly languages = inject(Languages);
  private readonly toaster = inject(Toaster);
  private readonly transloco = inject(TranslocoService);

  /** Id or slug; from the address. */
  readonly id = input.required<string>();

  protected readonly store = inject(ServiceStore);
  protected readonly name = computed(() => {
    const service = this.store.service();
    return service ? localText(service.displayName, this.languages.current(), service.name) : this.id();
  });
  protected readonly description = computed(() => {
    const service = this.store.service();
    return service ? localText(service.description, this.languages.current(), '') : '';
  });
  protected readonly tabs = computed(() => {
    const service = this.store.service();
    const shown: [string, boolean | undefined, number?][] = [
      ['overview', true],
      ['tools', true, service?.capabilities.tools],
      ['resources', true, service && service.capabilities.resources + service.capabilities.resourceTemplates],
      ['prompts', true, service?.capabilities.prompts],
      ['access', this.session.may('grants:read')],
      ['test', service?.can.test],
      ['settings', service?.can.edit],
    ];
    return shown.filter(([, visible]) => visible).map(([path, , count]) => ({ path, count }));
  });

  constructor() {
    effect(() => {
      const ref = this.id();
      untracked(() => void this.store.open(ref));
    });
  }

  protected async act(act: 'enable' | 'disable' | 'reconnect'): Promise<void> {
    try {
      await (act === 'reconnect' ? this.store.reconnect() : this.store.enable(act === 'enable'));
      this.toaster.show('success', this.transloco.translate(`services.done.${act}`, { name: this.name() }));
    } catch (error) {
      this.toaster.failure(error);
    }
  }
}

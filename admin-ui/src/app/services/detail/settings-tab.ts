import { Component, inject } from '@angular/core';
import { Router } from '@angular/router';
import { servicesApi, type Service } from '@gatehouse/api-client';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { HTTP } from '../../api/http';
import { Session } from '../../session/session';
import { Confirm } from '../../ui/confirm';
import { Toaster } from '../../ui/toasts';
import { EditForm } from '../form/edit-form';
import { CommandPin } from './command-pin';
import { ServiceStore } from './service-store';

/** Editing and deleting the service. */
@Component({
  selector: 'gh-settings-tab',
  imports: [TranslocoDirective, NzButtonComponent, CommandPin, EditForm],
  template: `
    <ng-container *transloco="let t">
      @if (store.service(); as service) {
        <div class="gh-stack page">
          <section class="gh-card gh-card-body" [attr.aria-label]="t('services.tab.settings')">
            <gh-edit-form [service]="service" (saved)="saved($event)" />
          </section>
          @if (service.type === 'stdio' && service.can.edit && session.may('services:stdio')) {
            <gh-command-pin [service]="service" (changed)="store.refresh()" />
          }
          @if (service.can.edit) {
            <section class="gh-card gh-card-body gh-spread" aria-labelledby="st-cache">
              <div>
                <h2 id="st-cache">{{ t('services.cache.clear') }}</h2>
                <p class="gh-muted">{{ t('services.cache.clearText') }}</p>
              </div>
              <button nz-button (click)="clearCache(service)">{{ t('services.cache.clear') }}</button>
            </section>
          }
          @if (service.can.delete) {
            <section class="gh-card gh-card-body gh-spread" aria-labelledby="st-delete">
              <div>
                <h2 id="st-delete">{{ t('services.delete.heading') }}</h2>
                <p class="gh-muted">{{ t('services.delete.text') }}</p>
              </div>
              <button nz-button nzDanger (click)="remove(service)">{{ t('act.delete') }}</button>
            </section>
          }
        </div>
      }
    </ng-container>
  `,
  styles: `
    .page {
      max-width: 900px;
    }
  `,
})
export default class SettingsTab {
  private readonly api = servicesApi(inject(HTTP));
  private readonly confirm = inject(Confirm);
  private readonly toaster = inject(Toaster);
  private readonly transloco = inject(TranslocoService);
  private readonly router = inject(Router);

  protected readonly store = inject(ServiceStore);
  protected readonly session = inject(Session);

  protected async saved(service: Service): Promise<void> {
    const moved = service.slug !== this.store.service()?.slug;
    this.store.replace(service);
    this.toaster.success('services.done.edit', { name: service.name });
    if (moved) await this.router.navigate(['/mcp', service.slug, 'settings'], { replaceUrl: true });
  }

  protected async clearCache(service: Service): Promise<void> {
    try {
      await this.api.clearCache(service.id);
    } catch (error) {
      return this.toaster.failure(error);
    }
    this.toaster.success('services.cache.cleared', { name: service.name });
  }

  protected async remove(service: Service): Promise<void> {
    const agreed = await this.confirm.ask({
      title: this.transloco.translate('services.delete.title', { name: service.name }),
      text: this.transloco.translate('services.delete.text'),
      act: this.transloco.translate('act.delete'),
      destructive: true,
    });
    if (!agreed) return;
    try {
      await this.api.remove(service.id);
    } catch (error) {
      return this.toaster.failure(error);
    }
    this.toaster.success('services.done.delete', { name: service.name });
    await this.router.navigate(['/mcp']);
  }
}

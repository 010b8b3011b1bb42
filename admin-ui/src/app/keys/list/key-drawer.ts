import { Component, computed, inject, input, output, signal } from '@angular/core';
import { FormsModule } from '@angular/forms';
import type { Permission } from '@gatehouse/contracts';
import { TranslocoDirective } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { NzSelectModule } from 'ng-zorro-antd/select';
import { Languages } from '../../i18n/languages';
import { Session } from '../../session/session';
import { SelectLabel } from '../../ui/a11y/select-label';
import { Drawer } from '../../ui/drawer';
import { FailureNote } from '../../ui/failure-note';
import { Field } from '../../ui/field';
import { localText } from '../../ui/local-text';
import { SecretOnce } from '../../ui/secret-once';
import { ClientSnippets } from '../connect/client-snippets';
import { EXPIRIES, expiryMoment, type Expiry } from './key-state';
import type { KeysStore } from './keys-store';

/** Creating a key; then its secret, once, with what to paste into a client. */
@Component({
  selector: 'gh-key-drawer',
  imports: [
    FormsModule,
    TranslocoDirective,
    NzButtonComponent,
    NzSelectModule,
    SelectLabel,
    Drawer,
    FailureNote,
    Field,
    SecretOnce,
    ClientSnippets,
  ],
  templateUrl: './key-drawer.html',
})
export class KeyDrawer {
  private readonly session = inject(Session);
  private readonly languages = inject(Languages);

  readonly store = input.required<KeysStore>();
  /** Created and put away, or given up. */
  readonly done = output();

  protected readonly expiries = EXPIRIES;
  protected readonly name = signal('');
  protected readonly scopes = signal<Permission[]>(['tools:use']);
  protected readonly serviceIds = signal<string[]>([]);
  protected readonly expiry = signal<Expiry>('never');
  protected readonly mine = computed(() => [...this.session.permissions()]);
  protected readonly services = computed(() =>
    this.store()
      .services.items()
      .map((service) => ({
        id: service.id,
        name: localText(service.displayName, this.languages.current(), service.name),
      })),
  );
  protected readonly complete = computed(() => !!this.name().trim() && this.scopes().length > 0);

  protected create(): void {
    const serviceIds = this.serviceIds();
    void this.store().create({
      name: this.name().trim(),
      scopes: this.scopes(),
      serviceIds: serviceIds.length ? serviceIds : undefined,
      expiresAt: expiryMoment(this.expiry(), Date.now()),
    });
  }

  protected close(): void {
    this.store().putAway();
    this.done.emit();
  }
}

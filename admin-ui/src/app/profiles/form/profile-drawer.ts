import { DOCUMENT, Component, computed, inject, input, linkedSignal, output } from '@angular/core';
import type { Profile } from '@gatehouse/api-client';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { TokenMeter } from '../endpoint/token-meter';
import { ItemPicker } from '../items/item-picker';
import { ItemRow, type ItemProblems } from '../items/item-row';
import { ServiceShelf } from '../items/service-shelf';
import type { ProfilesStore } from '../list/profiles-store';
import { ProfileGrants } from '../access/profile-grants';
import { Confirm } from '../../ui/confirm';
import { Drawer } from '../../ui/drawer';
import { FailureNote } from '../../ui/failure-note';
import { Field } from '../../ui/field';
import { Toaster } from '../../ui/toasts';
import { EMPTY_PROFILE, formOf, isSlug, type ItemForm, type Mode, type ProfileForm } from './profile-form';

type TextField = 'nameZh' | 'nameEn' | 'descriptionZh' | 'descriptionEn';

/** Makes a profile, or edits one: what it is, what is in it, who may use it. Closing with unsaved changes asks first. */
@Component({
  selector: 'gh-profile-drawer',
  imports: [
    TranslocoDirective,
    NzButtonComponent,
    Drawer,
    FailureNote,
    Field,
    ItemPicker,
    ItemRow,
    ProfileGrants,
    TokenMeter,
  ],
  providers: [ServiceShelf],
  templateUrl: './profile-drawer.html',
  styleUrl: './profile-drawer.css',
})
export class ProfileDrawer {
  private readonly confirm = inject(Confirm);
  private readonly origin = inject(DOCUMENT).location.origin;
  private readonly toaster = inject(Toaster);
  private readonly transloco = inject(TranslocoService);

  readonly store = input.required<ProfilesStore>();
  /** The profile to edit; absent: a new one. */
  readonly profile = input<Profile>();
  /** Saved or given up. */
  readonly done = output();

  protected readonly names: readonly TextField[] = ['nameZh', 'nameEn'];
  protected readonly descriptions: readonly TextField[] = ['descriptionZh', 'descriptionEn'];
  protected readonly modes: readonly Mode[] = ['list', 'search'];
  private readonly initial = computed<ProfileForm>(() => {
    const profile = this.profile();
    return profile ? formOf(profile) : EMPTY_PROFILE;
  });
  protected readonly form = linkedSignal(() => this.initial());
  protected readonly dirty = computed(() => JSON.stringify(this.form()) !== JSON.stringify(this.initial()));
  protected readonly url = computed(() => `${this.origin}/mcp/p/${this.form().slug || '…'}`);
  protected readonly slugProblem = computed(() => {
    const { slug } = this.form();
    return slug === '' || isSlug(slug) ? '' : this.transloco.translate('profiles.form.slugInvalid');
  });
  protected readonly complete = computed(() => isSlug(this.form().slug) && this.dirty());
  /** What the server said of each item, by field. */
  protected readonly itemProblems = computed<readonly ItemProblems[]>(() => {
    const { fields = [] } = this.store().saving.error() ?? {};
    return this.form().items.map((_, place) => {
      const prefix = `items.${place}.`;
      const own = fields.filter(({ path }) => path.startsWith(prefix));
      return Object.fromEntries(own.map(({ path, message }) => [path.slice(prefix.length), message]));
    });
  });
  /** Grants that one may not read cannot be edited either. */
  protected readonly showsGrants = computed(() => !this.profile() || this.profile()?.accessControl !== undefined);

  protected set(change: Partial<ProfileForm>): void {
    this.form.update((form) => ({ ...form, ...change }));
  }

  protected setText(name: TextField, value: string): void {
    this.set({ [name]: value });
  }

  protected setItem(place: number, item: ItemForm): void {
    this.set({ items: this.form().items.map((each, at) => (at === place ? item : each)) });
  }

  protected removeItem(place: number): void {
    this.set({ items: this.form().items.filter((_, at) => at !== place) });
  }

  protected fieldError(path: string): string {
    const { fields = [] } = this.store().saving.error() ?? {};
    return fields.find((field) => field.path === path)?.message ?? '';
  }

  protected async save(): Promise<void> {
    const form = this.form();
    if (!this.complete() || !(await this.store().save(form, this.profile()))) return;
    this.toaster.success('profiles.saved', { name: form.slug });
    this.done.emit();
  }

  protected async leave(): Promise<void> {
    if (this.dirty() && !(await this.agreeToDiscard())) return;
    this.done.emit();
  }

  private agreeToDiscard(): Promise<boolean> {
    return this.confirm.ask({
      title: this.transloco.translate('profiles.discardTitle'),
      text: this.transloco.translate('profiles.discardText'),
      act: this.transloco.translate('profiles.discard'),
      destructive: true,
    });
  }
}

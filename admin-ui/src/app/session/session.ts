import { Injectable, computed, inject, signal } from '@angular/core';
import { ApiError, sessionApi, type Credentials, type Me, type MeChange, type SetupDraft } from '@gatehouse/api-client';
import type { Permission } from '@gatehouse/contracts';
import { HTTP } from '../api/http';
import { Languages } from '../i18n/languages';

/** Who is signed in, and what they may do. */
@Injectable({ providedIn: 'root' })
export class Session {
  private readonly api = sessionApi(inject(HTTP));
  private readonly languages = inject(Languages);
  private readonly known = signal<Me | undefined>(undefined);
  private asked = false;

  readonly me = this.known.asReadonly();
  readonly permissions = computed<ReadonlySet<Permission>>(() => new Set(this.known()?.permissions));

  /** Whether the signed-in person holds this permission. Read in a template or a computed, it follows changes. */
  may(permission: Permission): boolean {
    return this.permissions().has(permission);
  }

  /**
   * Asks the server once who we are; nobody is not an error.
   *
   * @throws ApiError when the server cannot be asked; the next call asks again.
   */
  async restore(): Promise<void> {
    if (this.asked) return;
    try {
      this.accept(await this.api.me());
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 401)) throw error;
    }
    this.asked = true;
  }

  async signIn(credentials: Credentials): Promise<void> {
    this.accept(await this.api.signIn(credentials));
  }

  async setUp(draft: SetupDraft): Promise<void> {
    this.accept(await this.api.setUp(draft));
  }

  /** Whether this installation still waits for its owner. */
  async needsSetup(): Promise<boolean> {
    return (await this.api.setupState()).required;
  }

  async signOut(): Promise<void> {
    await this.api.signOut();
    this.known.set(undefined);
  }

  /** Forgets who was signed in, after the server did. */
  forget(): void {
    this.known.set(undefined);
  }

  async changeProfile(change: MeChange): Promise<void> {
    this.accept(await this.api.changeMe(change));
  }

  changePassword(currentPassword: string, newPassword: string): Promise<void> {
    return this.api.changePassword({ currentPassword, newPassword });
  }

  private accept(me: Me): void {
    this.asked = true;
    this.known.set(me);
    if (me.language) this.languages.use(me.language === 'zh' ? 'zh-CN' : 'en');
  }
}

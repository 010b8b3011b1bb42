import { Component, computed, inject } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { NzIconDirective } from 'ng-zorro-antd/icon';
import { Live } from '../live/live';
import { Session } from '../session/session';
import { Toaster } from '../ui/toasts';
import { Preferences } from './preferences';

/** The bar over every page: whether the page is live, language, theme, account. */
@Component({
  selector: 'gh-top-bar',
  imports: [TranslocoDirective, NzIconDirective, RouterLink, Preferences],
  template: `
    <ng-container *transloco="let t">
      <span class="live" role="status" [attr.data-live]="online()">
        <i aria-hidden="true"></i>{{ t(online() ? 'live.on' : 'live.off') }}
      </span>
      <gh-preferences />
      <button class="gh-icon-btn account" type="button" popovertarget="account-menu">
        <span class="avatar" aria-hidden="true">{{ initial() }}</span>
        <span class="name gh-ellipsis">{{ session.me()?.displayName }}</span>
        <nz-icon nzType="down" />
      </button>
      <div #menu class="gh-menu" popover id="account-menu">
        <p class="who gh-small gh-muted gh-ellipsis">{{ session.me()?.email }}</p>
        <a class="gh-menu-item" routerLink="/settings/account" (click)="menu.hidePopover()">
          <nz-icon nzType="user" />{{ t('account.settings') }}
        </a>
        <hr class="gh-menu-rule" />
        <button class="gh-menu-item" type="button" (click)="signOut()">
          <nz-icon nzType="logout" />{{ t('account.signOut') }}
        </button>
      </div>
    </ng-container>
  `,
  styles: `
    :host {
      display: flex;
      align-items: center;
      justify-content: flex-end;
      gap: var(--gh-3);
      height: var(--gh-bar);
      padding: 0 var(--gh-6);
      border-bottom: 1px solid var(--gh-border);
      background: var(--gh-surface);
    }
    .live {
      display: inline-flex;
      align-items: center;
      gap: 6px;
      margin-inline-end: auto;
      color: var(--gh-muted);
      font-size: var(--gh-text-xs);
    }
    .live i {
      width: 8px;
      height: 8px;
      border-radius: 50%;
      background: var(--gh-warn);
    }
    .live[data-live='true'] i {
      background: var(--gh-ok);
    }
    .account {
      gap: var(--gh-2);
      height: 36px;
    }
    .account nz-icon {
      font-size: 10px;
    }
    .name {
      max-width: 160px;
    }
    .avatar {
      display: grid;
      place-items: center;
      width: 26px;
      height: 26px;
      border-radius: 50%;
      background: var(--gh-primary-soft);
      color: var(--gh-primary);
      font-size: var(--gh-text-xs);
      font-weight: 600;
    }
    [popover] {
      position: fixed;
      inset: calc(var(--gh-bar) - 4px) var(--gh-5) auto auto;
      margin: 0;
      color: var(--gh-text);
    }
    [popover]:not(:popover-open) {
      display: none;
    }
    .who {
      padding: 6px 10px;
    }
    @media (max-width: 720px) {
      :host {
        padding: 0 var(--gh-4);
      }
      .name {
        display: none;
      }
    }
  `,
})
export class TopBar {
  private readonly router = inject(Router);
  private readonly toaster = inject(Toaster);
  private readonly live = inject(Live);
  protected readonly session = inject(Session);

  protected readonly online = computed(() => this.live.state() === 'open');
  protected readonly initial = computed(() => [...(this.session.me()?.displayName ?? '')][0]?.toUpperCase() ?? '');

  protected async signOut(): Promise<void> {
    try {
      await this.session.signOut();
      await this.router.navigate(['/sign-in']);
    } catch (error) {
      this.toaster.failure(error);
    }
  }
}

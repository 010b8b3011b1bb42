import { inject, provideAppInitializer, type ApplicationConfig } from '@angular/core';
import { Router, provideRouter, withComponentInputBinding, withInMemoryScrolling } from '@angular/router';
import { en_US, provideNzI18n } from 'ng-zorro-antd/i18n';
import { provideNzIcons } from 'ng-zorro-antd/icon';
import { routes } from './app.routes';
import { SIGNED_OUT } from './api/http';
import { provideAllTexts } from './i18n/texts';
import { Session } from './session/session';
import { Theme } from './theme/theme';
import { OverlayLandmark } from './ui/a11y/overlay-landmark';
import { ICONS } from './ui/icons';

/** What must stand before the first page: the theme, and the way to sign-in when the session ends. */
function start(): void {
  inject(Theme);
  inject(OverlayLandmark);
  const session = inject(Session);
  const router = inject(Router);
  inject(SIGNED_OUT).listen(() => {
    if (!session.me()) return;
    session.forget();
    void router.navigate(['/sign-in'], { queryParams: { next: router.url } });
  });
}

export const appConfig: ApplicationConfig = {
  providers: [
    provideRouter(routes, withComponentInputBinding(), withInMemoryScrolling({ scrollPositionRestoration: 'enabled' })),
    provideNzI18n(en_US),
    provideNzIcons(ICONS),
    provideAllTexts(),
    provideAppInitializer(start),
  ],
};

import { InjectionToken, inject } from '@angular/core';
import { Http, type ApiError } from '@gatehouse/api-client';
import { Languages } from '../i18n/languages';

/** Told that the server no longer knows us; the session listens here. */
export class SignedOutSignal {
  private listener: (error: ApiError) => void = () => undefined;

  /** The one listener; a later call replaces it. */
  listen(listener: (error: ApiError) => void): void {
    this.listener = listener;
  }

  raise(error: ApiError): void {
    this.listener(error);
  }
}

export const SIGNED_OUT = new InjectionToken<SignedOutSignal>('SIGNED_OUT', {
  factory: () => new SignedOutSignal(),
});

/** The client every module's api is made from: `peopleApi(inject(HTTP))`. */
export const HTTP = new InjectionToken<Http>('HTTP', {
  factory: () => {
    const languages = inject(Languages);
    const signedOut = inject(SIGNED_OUT);
    return new Http({
      language: () => languages.current(),
      onUnauthorised: (error) => {
        if (error.code === 'auth_required') signedOut.raise(error);
      },
    });
  },
});

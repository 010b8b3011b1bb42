import { DOCUMENT, DestroyRef, Injectable, inject } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';

/**
 * Makes the place of menus and other overlays a landmark: it lies outside the page's own, where nobody would look.
 *
 * It watches for the element instead of replacing the CDK's own class, which would bring the CDK into the first load.
 */
@Injectable({ providedIn: 'root' })
export class OverlayLandmark {
  private readonly document = inject(DOCUMENT);
  private readonly transloco = inject(TranslocoService);

  constructor() {
    const watch = new MutationObserver(() => {
      const place = this.document.querySelector('body > .cdk-overlay-container');
      if (!place) return;
      place.setAttribute('role', 'region');
      place.setAttribute('aria-label', this.transloco.translate('overlay'));
      watch.disconnect();
    });
    watch.observe(this.document.body, { childList: true });
    inject(DestroyRef).onDestroy(() => watch.disconnect());
  }
}

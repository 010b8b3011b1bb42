import { OverlayContainer } from '@angular/cdk/overlay';
import { Injectable, inject } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';

/** Makes the place of menus and other overlays a landmark: it lies outside the page's own, where nobody would look. */
@Injectable()
export class OverlayLandmark extends OverlayContainer {
  private readonly transloco = inject(TranslocoService);

  protected override _createContainer(): void {
    super._createContainer();
    this._containerElement?.setAttribute('role', 'region');
    this._containerElement?.setAttribute('aria-label', this.transloco.translate('overlay'));
  }
}

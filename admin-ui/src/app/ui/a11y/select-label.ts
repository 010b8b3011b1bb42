import { Directive, ElementRef, afterRenderEffect, inject, input } from '@angular/core';

/** Names an `nz-select` and completes its combobox: the inner search field carries no label (ng-zorro-antd 22.1). */
@Directive({
  selector: 'nz-select[ghLabel]',
})
export class SelectLabel {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);

  readonly ghLabel = input.required<string>();

  constructor() {
    afterRenderEffect(() => {
      const field = this.host.nativeElement.querySelector('input');
      field?.setAttribute('aria-label', this.ghLabel());
    });
  }
}

import { Directive, ElementRef, effect, inject, input } from '@angular/core';

/** Names an `nz-switch`: its inner button has no label of its own and no switch role (ng-zorro-antd 22.1). */
@Directive({
  selector: 'nz-switch[ghLabel]',
})
export class SwitchLabel {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);

  readonly ghLabel = input.required<string>();
  /** The switch's state, told to screen readers. */
  readonly ghOn = input.required<boolean>();

  constructor() {
    effect(() => {
      const button = this.host.nativeElement.querySelector('button');
      button?.setAttribute('role', 'switch');
      button?.setAttribute('aria-label', this.ghLabel());
      button?.setAttribute('aria-checked', String(this.ghOn()));
    });
  }
}

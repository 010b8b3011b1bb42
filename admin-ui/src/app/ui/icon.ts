import { Directive, forwardRef } from '@angular/core';
import { NzIconDirective } from 'ng-zorro-antd/icon';

/** An icon. It stands beside words that say the same, so screen readers pass over it instead of reading its English name. */
@Directive({
  selector: 'nz-icon',
  host: { 'aria-hidden': 'true' },
  providers: [{ provide: NzIconDirective, useExisting: forwardRef(() => Icon) }],
})
export class Icon extends NzIconDirective {}

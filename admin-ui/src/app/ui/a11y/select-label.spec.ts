import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { FormsModule } from '@angular/forms';
import { NzSelectModule } from 'ng-zorro-antd/select';
import { en_US, provideNzI18n } from 'ng-zorro-antd/i18n';
import { provideTestTexts } from '../../../testing/texts';
import { SelectLabel } from './select-label';

@Component({
  imports: [FormsModule, NzSelectModule, SelectLabel],
  template: `
    <nz-select id="plain" nzMode="multiple" [ngModel]="[]" />
    <nz-select id="named" nzMode="multiple" ghLabel="Roles" [ngModel]="[]" />
  `,
})
class Host {}

const labelIn = (id: string) => document.querySelector(`#${id} input`)?.getAttribute('aria-label');

it('a select has the name that ng-zorro does not give it', async () => {
  TestBed.configureTestingModule({ providers: [provideTestTexts(), provideNzI18n(en_US)] });
  const fixture = TestBed.createComponent(Host);
  document.body.append(fixture.nativeElement as HTMLElement);
  await fixture.whenStable();
  expect(labelIn('named')).toBe('Roles');
  // When this fails, the kit names its selects itself and the directive can go.
  expect(labelIn('plain')).toBeNull();
});

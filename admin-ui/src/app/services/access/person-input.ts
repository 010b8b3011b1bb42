import { Component, inject, input, model } from '@angular/core';
import { PeopleOptions } from './people-options';

/** An e-mail address, with the people who match as suggestions. */
@Component({
  selector: 'gh-person-input',
  template: `
    <input
      class="gh-input"
      autocomplete="off"
      type="email"
      [id]="for()"
      [attr.list]="for() + '-people'"
      [value]="email()"
      placeholder="name@example.com"
      (input)="typed($any($event.target).value)"
    />
    <datalist [id]="for() + '-people'">
      @for (user of options.users.value() ?? []; track user.id) {
        <option [value]="user.email">{{ user.displayName }}</option>
      }
    </datalist>
  `,
  styles: `
    input {
      width: 100%;
    }
  `,
})
export class PersonInput {
  protected readonly options = inject(PeopleOptions);

  /** Id of the control, for its label. */
  readonly for = input.required<string>();
  readonly email = model('');

  protected typed(text: string): void {
    this.email.set(text.trim());
    this.options.search(text.trim());
  }
}

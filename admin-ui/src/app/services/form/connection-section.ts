import { Component, computed, input, model } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Field } from '../../ui/field';
import type { ConnectionValues } from './connection-fields';
import { connectionProblems } from './connection-fields';
import type { FormValues } from './form-values';

type Texts = Exclude<keyof ConnectionValues, 'sharing'>;

/** How a service is connected to: for whom, how often, from where, to where, and whom to believe. For those who need it. */
@Component({
  selector: 'gh-connection-section',
  imports: [TranslocoDirective, Field],
  template: `
    <details *transloco="let t">
      <summary>{{ t('services.form.connection') }}</summary>
      <div class="two more">
        <gh-field for="sf-sharing" [label]="t('services.form.sharing')" [hint]="t('services.form.sharingHint')">
          <select
            class="gh-select"
            id="sf-sharing"
            aria-describedby="sf-sharing-help"
            (change)="share($any($event.target).value)"
          >
            @for (way of ['shared', 'per-user']; track way) {
              <option [value]="way" [selected]="values().sharing === way">{{ t('services.sharing.' + way) }}</option>
            }
          </select>
        </gh-field>
        @if (values().sharing === 'per-user') {
          <gh-field
            for="sf-own"
            [label]="t('services.form.userCredentials')"
            [hint]="t(local() ? 'services.form.userVariablesHint' : 'services.form.userCredentialsHint')"
          >
            <input
              class="gh-input gh-mono"
              id="sf-own"
              spellcheck="false"
              aria-describedby="sf-own-help"
              [placeholder]="local() ? 'API_TOKEN' : 'Authorization'"
              [value]="values().userCredentials"
              (input)="type('userCredentials', $event)"
            />
          </gh-field>
        }
        <gh-field for="sf-pool-min" [label]="t('services.form.poolMin')" [optional]="t('optional')">
          <input
            class="gh-input"
            id="sf-pool-min"
            inputmode="numeric"
            [value]="values().poolMin"
            (input)="type('poolMin', $event)"
          />
        </gh-field>
        <gh-field
          for="sf-pool-max"
          [label]="t('services.form.poolMax')"
          [hint]="t('services.form.poolHint.' + values().type)"
          [optional]="t('optional')"
          [error]="poolProblem() ? t('services.problem.pool') : ''"
        >
          <input
            class="gh-input"
            id="sf-pool-max"
            inputmode="numeric"
            aria-describedby="sf-pool-max-help"
            [attr.aria-invalid]="!!poolProblem()"
            [value]="values().poolMax"
            (input)="type('poolMax', $event)"
          />
        </gh-field>
        @for (field of lists(); track field) {
          <gh-field
            [for]="'sf-' + field"
            [label]="t('services.form.' + field)"
            [hint]="t('services.form.' + field + 'Hint')"
            [optional]="t('optional')"
          >
            <textarea
              class="gh-input gh-mono"
              rows="3"
              spellcheck="false"
              [id]="'sf-' + field"
              [attr.aria-describedby]="'sf-' + field + '-help'"
              [value]="values()[field]"
              (input)="type(field, $event)"
            ></textarea>
          </gh-field>
        }
      </div>
    </details>
  `,
  styleUrl: './service-form.css',
})
export class ConnectionSection {
  readonly values = model.required<FormValues>();
  readonly strict = input(false);

  protected readonly local = computed(() => this.values().type === 'stdio');
  protected readonly lists = computed((): Texts[] =>
    this.local() ? ['allowedCallers'] : ['allowedCallers', 'allowedAddresses', 'tlsCa', 'tlsCert', 'tlsKey'],
  );
  protected readonly poolProblem = computed(() => this.strict() && connectionProblems(this.values()).poolMax);

  protected share(sharing: FormValues['sharing']): void {
    this.values.update((values) => ({ ...values, sharing }));
  }

  protected type(field: Texts, event: Event): void {
    this.values.update((values) => ({ ...values, [field]: (event.target as HTMLInputElement).value }));
  }
}

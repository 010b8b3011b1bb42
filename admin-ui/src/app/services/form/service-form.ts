import { Component, computed, inject, input, model } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Session } from '../../session/session';
import { Field } from '../../ui/field';
import { ConnectionSection } from './connection-section';
import type { FormValues } from './form-values';
import { PairRows } from './pair-rows';
import { formProblems } from './service-draft';
import { wordsOf } from './words';

type TextField = { [K in keyof FormValues]: FormValues[K] extends string ? K : never }[keyof FormValues];

/** Everything about a service that a person can set, by type. */
@Component({
  selector: 'gh-service-form',
  imports: [TranslocoDirective, Field, PairRows, ConnectionSection],
  templateUrl: './service-form.html',
  styleUrl: './service-form.css',
})
export class ServiceForm {
  private readonly session = inject(Session);

  readonly values = model.required<FormValues>();
  /** Whether missing and wrong fields are pointed out. */
  readonly strict = input(false);

  protected readonly types = computed(() =>
    (['http', 'websocket', 'stdio'] as const).filter(
      (type) => type !== 'stdio' || this.session.may('services:stdio') || this.values().type === 'stdio',
    ),
  );
  protected readonly problems = computed(() => (this.strict() ? formProblems(this.values()) : {}));
  protected readonly tags = computed(() => this.values().tags.join(', '));

  protected set<K extends keyof FormValues>(field: K, value: FormValues[K]): void {
    this.values.update((values) => ({ ...values, [field]: value }));
  }

  protected type(field: TextField, event: Event): void {
    this.set(field, (event.target as HTMLInputElement).value);
  }

  protected setTags(event: Event): void {
    this.set('tags', wordsOf((event.target as HTMLInputElement).value));
  }
}

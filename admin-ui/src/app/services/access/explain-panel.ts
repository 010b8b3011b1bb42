import { Component, inject, input, signal } from '@angular/core';
import { accessApi, type Explanation, type Tool } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { HTTP } from '../../api/http';
import { Session } from '../../session/session';
import { Deed } from '../../ui/deed';
import { FailureNote } from '../../ui/failure-note';
import { Field } from '../../ui/field';
import { PersonInput } from './person-input';
import { Icon } from '../../ui/icon';

/** "May this person use this tool?", with every rule that took part in the answer. */
@Component({
  selector: 'gh-explain',
  imports: [TranslocoDirective, NzButtonComponent, Icon, FailureNote, Field, PersonInput],
  template: `
    <section class="gh-card" aria-labelledby="ex-title" *transloco="let t">
      <div class="gh-card-head">
        <h2 id="ex-title">{{ t('services.explain.title') }}</h2>
      </div>
      <div class="gh-card-body gh-stack">
        <form class="gh-stack" (submit)="$event.preventDefault(); ask()">
          <gh-field for="ex-user" [label]="t('services.subject.user')"
            ><gh-person-input for="ex-user" [(email)]="email"
          /></gh-field>
          <gh-field for="ex-tool" [label]="t('services.access.what')">
            <select class="gh-select" id="ex-tool" (change)="tool.set($any($event.target).value)">
              <option value="">{{ t('services.access.whole') }}</option>
              @for (one of tools(); track one.name) {
                <option [value]="one.name">{{ one.title || one.name }}</option>
              }
            </select>
          </gh-field>
          <div>
            <button nz-button type="submit" [nzLoading]="deed.busy()" [disabled]="!email()">
              {{ t('services.explain.act') }}
            </button>
          </div>
        </form>
        <gh-failure [error]="deed.error()" />
        <div class="answer" aria-live="polite">
          @if (answer(); as answer) {
            <p class="verdict" [attr.data-allowed]="answer.allowed">
              <nz-icon [nzType]="answer.allowed ? 'check-circle' : 'stop'" nzTheme="fill" />
              <span>
                <strong>{{ t(answer.allowed ? 'services.explain.allowed' : 'services.explain.denied') }}</strong>
                {{ answer.sentence }}
              </span>
            </p>
            <ol [attr.aria-label]="t('services.explain.chain')">
              @for (link of answer.chain; track $index) {
                <li>
                  <span class="gh-tag">{{ t('services.explain.kind.' + link.kind) }}</span>
                  <span [attr.data-effect]="link.effect">{{ t('services.effect.' + link.effect) }}</span>
                  {{ link.text }}
                </li>
              }
            </ol>
          }
        </div>
      </div>
    </section>
  `,
  styles: `
    .gh-select {
      width: 100%;
    }
    .answer:empty {
      display: none;
    }
    .verdict {
      display: flex;
      gap: var(--gh-2);
      padding: var(--gh-2) var(--gh-3);
      border-radius: var(--gh-radius);
      background: var(--gh-bad-soft);
    }
    .verdict nz-icon {
      margin-top: 4px;
      color: var(--gh-bad);
    }
    .verdict[data-allowed='true'] {
      background: var(--gh-ok-soft);
    }
    .verdict[data-allowed='true'] nz-icon {
      color: var(--gh-ok);
    }
    ol {
      display: flex;
      flex-direction: column;
      gap: var(--gh-1);
      margin-top: var(--gh-2);
    }
    .gh-tag {
      margin-inline-end: var(--gh-1);
    }
    [data-effect='allow'] {
      color: var(--gh-ok);
    }
    [data-effect='deny'] {
      color: var(--gh-bad);
    }
  `,
})
export class ExplainPanel {
  private readonly api = accessApi(inject(HTTP));
  private readonly session = inject(Session);

  /** Id or slug of the service. */
  readonly service = input.required<string>();
  readonly tools = input.required<readonly Tool[]>();

  protected readonly email = signal(this.session.me()?.email ?? '');
  protected readonly tool = signal('');
  protected readonly answer = signal<Explanation | undefined>(undefined);
  protected readonly deed = new Deed();

  protected async ask(): Promise<void> {
    this.answer.set(undefined);
    const tool = this.tool();
    await this.deed.run(async () => {
      this.answer.set(
        await this.api.explain({ user: this.email(), service: this.service(), ...(tool ? { tool } : {}) }),
      );
    });
  }
}

import { Component, computed, inject, signal } from '@angular/core';
import { servicesApi, type Prompt, type PromptMessages } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { HTTP } from '../../api/http';
import { Deed } from '../../ui/deed';
import { FailureNote } from '../../ui/failure-note';
import { Field } from '../../ui/field';
import { ListState } from '../../ui/list-state';
import { contentParts } from '../content/content-part';
import { ContentView } from '../content/content-view';
import { listingOf } from '../detail/remote-listing';
import { ServiceStore } from '../detail/service-store';
import { formTexts } from '../form/form-texts';

/** The prompts of a service: fill in the arguments, get the messages, read them. */
@Component({
  selector: 'gh-prompts-tab',
  imports: [TranslocoDirective, NzButtonComponent, FailureNote, Field, ListState, ContentView],
  template: `
    <section class="gh-card" *transloco="let t" [attr.aria-label]="t('services.tab.prompts')">
      <gh-list-state
        [of]="listing"
        [emptyTitle]="t('services.prompts.none')"
        [emptyText]="t('services.prompts.noneText')"
      >
        <ul>
          @for (prompt of rows(); track prompt.name; let i = $index) {
            <li>
              <button
                class="gh-link-btn"
                type="button"
                [attr.aria-expanded]="opened() === prompt.name"
                [attr.aria-controls]="opened() === prompt.name ? 'prompt-' + i : null"
                (click)="toggle(prompt)"
              >
                {{ prompt.title || prompt.name }}
              </button>
              <code class="gh-muted gh-small">{{ prompt.name }}</code>
              @if (prompt.description) {
                <p class="gh-muted gh-small">{{ prompt.description }}</p>
              }
              @if (opened() === prompt.name) {
                <div class="open" [id]="'prompt-' + i">
                  <form #form class="gh-stack" (submit)="$event.preventDefault(); get(prompt, form)">
                    @for (argument of prompt.arguments; track argument.name) {
                      <gh-field
                        [for]="'pa-' + argument.name"
                        [label]="argument.name"
                        [hint]="argument.description ?? ''"
                        [optional]="argument.required ? '' : t('optional')"
                      >
                        <input
                          class="gh-input"
                          autocomplete="off"
                          [id]="'pa-' + argument.name"
                          [name]="argument.name"
                          [required]="!!argument.required"
                          [attr.aria-describedby]="'pa-' + argument.name + '-help'"
                        />
                      </gh-field>
                    }
                    <div>
                      <button nz-button nzType="primary" type="submit" [nzLoading]="deed.busy()">
                        {{ t('services.prompts.get') }}
                      </button>
                    </div>
                  </form>
                  <gh-failure [error]="deed.error()" />
                  @if (messages(); as messages) {
                    <ol class="messages" aria-live="polite" [attr.aria-label]="t('services.prompts.messages')">
                      @for (message of messages; track $index) {
                        <li [attr.data-role]="message.role">
                          <p class="gh-small role">{{ t('services.prompts.role.' + message.role) }}</p>
                          <gh-content [content]="message.parts" />
                        </li>
                      }
                    </ol>
                  }
                </div>
              }
            </li>
          }
        </ul>
      </gh-list-state>
    </section>
  `,
  styles: `
    ul > li {
      padding: var(--gh-3) var(--gh-4);
      border-bottom: 1px solid var(--gh-border);
    }
    ul > li:last-child {
      border-bottom: 0;
    }
    .gh-link-btn {
      margin-inline-end: var(--gh-2);
      font-weight: 500;
    }
    .open {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(300px, 1fr));
      gap: var(--gh-4);
      margin-top: var(--gh-3);
    }
    .messages {
      display: flex;
      flex-direction: column;
      gap: var(--gh-3);
    }
    .role {
      color: var(--gh-muted);
      font-weight: 600;
    }
  `,
})
export default class PromptsTab {
  private readonly api = servicesApi(inject(HTTP));
  private readonly got = signal<PromptMessages | undefined>(undefined);

  protected readonly store = inject(ServiceStore);
  protected readonly rows = computed(() => this.store.prompts.value() ?? []);
  protected readonly listing = listingOf(this.store.prompts, this.rows);
  protected readonly opened = signal<string | undefined>(undefined);
  protected readonly deed = new Deed();
  protected readonly messages = computed(() =>
    this.got()?.messages.map(({ role, content }) => ({ role, parts: contentParts(content) })),
  );

  constructor() {
    void this.store.loadPrompts();
  }

  protected toggle(prompt: Prompt): void {
    this.opened.update((name) => (name === prompt.name ? undefined : prompt.name));
    this.got.set(undefined);
    this.deed.reset();
  }

  protected async get(prompt: Prompt, form: HTMLFormElement): Promise<void> {
    const args = Object.fromEntries(Object.entries(formTexts(form)).filter(([, value]) => value !== ''));
    await this.deed.run(async () => {
      this.got.set(await this.api.getPrompt(this.store.service()?.id ?? '', prompt.name, args));
    });
  }
}

import { Component, computed, inject, signal } from '@angular/core';
import { inspectorApi, type InspectorAnswer, type InspectorRequest } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { HTTP } from '../../api/http';
import { FramesView } from '../../frames/frames-view';
import { PeopleOptions } from '../../services/access/people-options';
import { PersonInput } from '../../services/access/person-input';
import { JsonEditor } from '../../services/json-editor/json-editor';
import { Session } from '../../session/session';
import { Deed } from '../../ui/deed';
import { FailureNote } from '../../ui/failure-note';
import { Field } from '../../ui/field';
import { JsonView } from '../../ui/json-view';
import { RequestDraft, substanceOf } from './request-draft';

const METHODS = [
  'tools/list',
  'tools/call',
  'resources/list',
  'resources/templates/list',
  'resources/read',
  'prompts/list',
  'prompts/get',
  'completion/complete',
  'server/discover',
];
const SUBJECTS = ['me', 'user', 'group'] as const;

/** A request by hand, as oneself or as somebody else, and everything that passes. */
@Component({
  selector: 'gh-request-tab',
  imports: [TranslocoDirective, NzButtonComponent, FailureNote, Field, FramesView, JsonEditor, JsonView, PersonInput],
  templateUrl: './request-tab.html',
  styleUrl: './request-tab.css',
})
export default class RequestTab {
  private readonly api = inspectorApi(inject(HTTP));
  private readonly session = inject(Session);
  protected readonly options = inject(PeopleOptions);
  protected readonly draft = inject(RequestDraft);

  protected readonly methods = METHODS;
  protected readonly subjects = SUBJECTS;
  protected readonly mayAssume = computed(() => this.session.may('inspector:impersonate'));
  protected readonly subjectKind = signal<(typeof SUBJECTS)[number]>('me');
  protected readonly email = signal('');
  protected readonly groupId = signal('');
  /** Which field is wrong; '' when none is. */
  protected readonly wrong = signal<'' | 'badJson' | 'noPerson' | 'noGroup'>('');
  protected readonly sending = new Deed();
  protected readonly answer = signal<InspectorAnswer | undefined>(undefined);
  protected readonly now = computed(() => this.answer()?.frames.at(-1)?.message ?? undefined);
  protected readonly isSame = computed(() => substanceOf(this.draft.original()) === substanceOf(this.now()));

  constructor() {
    if (this.mayAssume()) void this.options.loadGroups();
  }

  protected async send(): Promise<void> {
    this.wrong.set('');
    const params = objectIn(this.draft.params());
    if (!params) return this.wrong.set('badJson');
    await this.sending.run(async () => {
      const as = await this.subject();
      if (this.wrong()) return;
      const { endpoint, method } = this.draft;
      this.answer.set(await this.api.run({ endpoint: endpoint().trim(), method: method(), params, ...(as && { as }) }));
    });
  }

  private async subject(): Promise<InspectorRequest['as']> {
    if (this.subjectKind() === 'me') return undefined;
    if (this.subjectKind() === 'group') {
      if (!this.groupId()) this.wrong.set('noGroup');
      return { kind: 'group', id: this.groupId() };
    }
    const user = await this.options.byEmail(this.email());
    if (!user) this.wrong.set('noPerson');
    return user && { kind: 'user', id: user.id };
  }
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

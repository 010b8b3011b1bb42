import { Component, DestroyRef, type OnInit, computed, inject, input, output, signal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { servicesApi, type ImportProblem } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { HTTP } from '../../api/http';
import { Session } from '../../session/session';
import { Drawer } from '../../ui/drawer';
import { FailureNote } from '../../ui/failure-note';
import { Field } from '../../ui/field';
import { Toaster } from '../../ui/toasts';
import { AudienceField, type AudienceChoice } from '../form/audience';
import { toGrants } from '../form/service-draft';
import { ServiceForm } from '../form/service-form';
import { wordsOf } from '../form/words';
import { TestReportView } from '../report/test-report';
import { EntryList } from './entry-list';
import { FormRegistration } from './form-registration';
import { ImportText } from './import-text';
import { targetOf } from './import-view';
import { PasteBox } from './paste-box';
import { TextImport } from './text-import';
import { TextReading } from './text-reading';

export type AddWay = 'paste' | 'form';
type AddStep = 'source' | 'configure' | 'check';

/** A form asks for everything at once; a text is understood first. */
const STEPS: Record<AddWay, readonly AddStep[]> = {
  paste: ['source', 'configure', 'check'],
  form: ['source', 'check'],
};

/** Adding services in steps: where they come from, what they are called and who may use them, whether they work. */
@Component({
  selector: 'gh-add-drawer',
  imports: [
    RouterLink,
    TranslocoDirective,
    NzButtonComponent,
    Drawer,
    FailureNote,
    Field,
    AudienceField,
    ServiceForm,
    TestReportView,
    EntryList,
    PasteBox,
  ],
  templateUrl: './add-drawer.html',
  styleUrl: './add-drawer.css',
})
export class AddDrawer implements OnInit {
  private readonly api = servicesApi(inject(HTTP));
  private readonly source = inject(ImportText);
  private readonly session = inject(Session);
  private readonly toaster = inject(Toaster);
  private readonly box = viewChild(PasteBox);

  /** The way that is shown first. */
  readonly way = input.required<AddWay>();
  readonly closed = output();
  /** Something was added. */
  readonly added = output();

  protected readonly text = this.source.text;
  protected readonly reading = new TextReading(this.api, this.source);
  protected readonly importing = new TextImport(this.api, this.source);
  protected readonly form = new FormRegistration(this.api);
  protected readonly ways: AddWay[] = ['paste', 'form'];
  protected readonly by = signal<AddWay>('paste');
  protected readonly step = signal<AddStep>('source');
  protected readonly steps = computed(() => STEPS[this.by()]);
  protected readonly at = computed(() => this.steps().indexOf(this.step()));
  protected readonly category = signal('');
  protected readonly tags = signal<string[]>([]);
  protected readonly audience = signal<AudienceChoice>({ kind: 'me', groupIds: [] });
  protected readonly wordsOf = wordsOf;
  protected readonly targetOf = targetOf;
  /** The chosen entries as the server sent them. */
  protected readonly chosen = computed(() =>
    this.reading.entries().filter((entry) => this.reading.selected().has(entry.key)),
  );

  constructor() {
    inject(DestroyRef).onDestroy(() => this.reading.stop());
  }

  ngOnInit(): void {
    this.by.set(this.way());
    if (this.text().trim()) void this.reading.look();
  }

  protected locate(problem: ImportProblem): void {
    this.box()?.moveCaret(problem.line, problem.column);
  }

  protected async addFromText(enabled: boolean): Promise<void> {
    const settings = { category: this.category(), tags: this.tags(), grants: this.grants(), enabled };
    if (!(await this.importing.create(this.chosen(), settings))) return;
    this.added.emit();
    this.step.set('check');
    await this.importing.testAll();
  }

  protected checkForm(): void {
    if (!this.form.isReady()) return;
    this.step.set('check');
    void this.form.test();
  }

  protected async addFromForm(enabled: boolean): Promise<void> {
    const service = await this.form.save(this.grants(), enabled);
    if (!service) return;
    this.toaster.success('services.done.add', { name: service.name });
    this.added.emit();
    this.closed.emit();
  }

  private grants() {
    return toGrants(this.audience().kind, this.session.me()?.id ?? '', this.audience().groupIds);
  }
}

import { Component, OnInit, computed, inject, input, output, viewChild } from '@angular/core';
import type { ImportProblem } from '@gatehouse/api-client';
import { RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { Drawer } from '../../ui/drawer';
import { FailureNote } from '../../ui/failure-note';
import { Field } from '../../ui/field';
import { Toaster } from '../../ui/toasts';
import { AudienceField } from '../form/audience';
import { emptyForm } from '../form/form-values';
import { ServiceForm } from '../form/service-form';
import { TestReportView } from '../report/test-report';
import { AddFlow, type AddStep, type AddWay } from './add-flow';
import { EntryList } from './entry-list';
import { PasteBox } from './paste-box';

/** A form asks for everything at once; a text is understood first. */
const STEPS: Record<AddWay, readonly AddStep[]> = {
  paste: ['source', 'configure', 'check'],
  form: ['source', 'check'],
};

/** Adding services in three steps: where they come from, what they are called and who may use them, whether they work. */
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
  providers: [AddFlow],
  templateUrl: './add-drawer.html',
  styleUrl: './add-drawer.css',
})
export class AddDrawer implements OnInit {
  private readonly toaster = inject(Toaster);
  private readonly box = viewChild(PasteBox);

  readonly way = input.required<AddWay>();
  readonly closed = output();
  /** Something was added. */
  readonly added = output();

  protected readonly flow = inject(AddFlow);
  protected readonly ways: AddWay[] = ['paste', 'form'];
  protected readonly steps = computed(() => STEPS[this.flow.way()]);
  protected readonly at = computed(() => this.steps().indexOf(this.flow.step()));
  protected readonly tagText = computed(() => this.flow.tags().join(', '));

  ngOnInit(): void {
    this.flow.way.set(this.way());
    this.flow.values.set(emptyForm());
    if (this.flow.text().trim()) void this.flow.look();
  }

  protected locate(problem: ImportProblem): void {
    this.box()?.moveCaret(problem.line, problem.column);
  }

  protected setTags(text: string): void {
    const words = text.split(/[,，]/).map((word) => word.trim());
    this.flow.tags.set([...new Set(words.filter(Boolean))]);
  }

  protected async addFromText(enabled: boolean): Promise<void> {
    if (await this.flow.createFromText(enabled)) this.added.emit();
  }

  protected async addFromForm(enabled: boolean): Promise<void> {
    const service = await this.flow.createFromForm(enabled);
    if (!service) return;
    this.toaster.success('services.done.add', { name: service.name });
    this.added.emit();
    this.closed.emit();
  }
}

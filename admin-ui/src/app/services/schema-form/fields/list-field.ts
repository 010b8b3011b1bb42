import { Component, ElementRef, afterNextRender, inject, Injector } from '@angular/core';
import { FieldArrayType, FormlyField, type FieldArrayTypeConfig } from '@ngx-formly/core';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { Icon } from '../../../ui/icon';
import { pointerOf, propsOf, type FieldProps, type FormState } from '../plan-fields';
import { FieldHelp, FieldLabel } from './field-label';

/** Any number of rows of one kind. */
@Component({
  selector: 'gh-list-field',
  imports: [FormlyField, NzButtonComponent, Icon, FieldLabel, FieldHelp],
  template: `
    <fieldset [attr.aria-describedby]="id + '-help'">
      <legend><gh-field-label [label]="own.label" [required]="own.required" /></legend>
      <gh-field-help [for]="id + '-help'" [description]="own.description" [message]="message" />
      @for (row of field.fieldGroup; track row.id; let i = $index) {
        <div class="row">
          <span class="gh-muted" aria-hidden="true">{{ i + 1 }}.</span>
          <formly-field class="gh-schema-field" [field]="row" />
          <button
            class="gh-icon-btn"
            type="button"
            [attr.aria-label]="state.word('removeRow') + ' ' + own.label + ' ' + (i + 1)"
            (click)="drop(i)"
          >
            <nz-icon nzType="close" />
          </button>
        </div>
      }
      <button class="add" nz-button nzSize="small" type="button" [disabled]="full" (click)="grow()">
        <nz-icon nzType="plus" />{{ state.word('addRow') }}
      </button>
    </fieldset>
  `,
  styles: `
    .row {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr) auto;
      align-items: start;
      gap: var(--gh-2);
      margin-block: var(--gh-2);
      padding-inline-start: var(--gh-3);
      border-inline-start: 2px solid var(--gh-border);
    }
    .add {
      margin-top: var(--gh-1);
    }
  `,
})
export class ListField extends FieldArrayType<FieldArrayTypeConfig> {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly injector = inject(Injector);

  protected get own(): FieldProps {
    return propsOf(this.field);
  }

  protected get state(): FormState {
    return this.formState as FormState;
  }

  protected get message(): string | undefined {
    return this.state.message(pointerOf(this.field));
  }

  protected get full(): boolean {
    const { plan } = this.own;
    return plan.kind === 'list' && (this.field.fieldGroup?.length ?? 0) >= (plan.maxItems ?? Infinity);
  }

  /** Adds a row and puts the caret into it. */
  protected grow(): void {
    this.add(undefined, this.own.blank?.());
    afterNextRender(() => this.lastRow()?.querySelector<HTMLElement>('input, textarea, select, button')?.focus(), {
      injector: this.injector,
    });
  }

  /** Removes a row; the focus goes to the button that adds one instead of getting lost. */
  protected drop(index: number): void {
    this.remove(index);
    this.host.nativeElement.querySelector<HTMLElement>(':scope > fieldset > .add')?.focus();
  }

  private lastRow(): HTMLElement | undefined {
    return [...this.host.nativeElement.querySelectorAll<HTMLElement>(':scope > fieldset > .row')].at(-1);
  }
}

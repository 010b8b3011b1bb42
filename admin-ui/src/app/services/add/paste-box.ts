import { Component, type ElementRef, inject, input, output, signal, viewChild } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { Icon } from '../../ui/icon';
import { Toaster } from '../../ui/toasts';
import { caretOffset } from './import-view';
import { SAMPLES } from './samples';

/** A configuration file is a few kilobytes; more than this is something else, bytes. */
const MAX_FILE_BYTES = 512 * 1024;

let nextId = 1;

/** The one box that takes every kind of configuration: typed, pasted, dropped, or picked as a file. */
@Component({
  selector: 'gh-paste-box',
  imports: [TranslocoDirective, NzButtonComponent, Icon],
  template: `
    <ng-container *transloco="let t">
      <label class="gh-sr" [attr.for]="boxId">{{ t('services.add.box') }}</label>
      <textarea
        #box
        class="gh-input"
        spellcheck="false"
        cdkFocusInitial
        autocapitalize="off"
        [id]="boxId"
        [class.over]="over()"
        [rows]="rows()"
        [value]="text()"
        [placeholder]="t('services.add.placeholder')"
        [attr.aria-describedby]="boxId + '-hint'"
        (focus)="arrive()"
        (input)="pasted.emit(box.value)"
        (dragover)="hover($event)"
        (dragleave)="over.set(false)"
        (drop)="drop($event)"
      ></textarea>
      <div class="line">
        <span class="gh-muted gh-small" [id]="boxId + '-hint'">{{ t('services.add.try') }}</span>
        @for (sample of samples; track sample.name) {
          <button nz-button nzSize="small" type="button" (click)="pasted.emit(sample.text)">
            {{ t('services.add.sample.' + sample.name) }}
          </button>
        }
        <input
          #file
          class="gh-sr"
          type="file"
          tabindex="-1"
          aria-hidden="true"
          accept=".json,.jsonc,.txt,.toml"
          (change)="pick(file)"
        />
        <button class="file" nz-button nzType="link" nzSize="small" type="button" (click)="file.click()">
          <nz-icon nzType="upload" />{{ t('services.add.file') }}
        </button>
      </div>
    </ng-container>
  `,
  styles: `
    textarea {
      width: 100%;
      font-family: var(--gh-mono);
      font-size: 13px;
      line-height: 1.6;
      tab-size: 2;
    }
    textarea.over {
      border-color: var(--gh-primary);
      background: var(--gh-primary-soft);
    }
    .line {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--gh-2);
      margin-top: var(--gh-2);
    }
    .file {
      margin-inline-start: auto;
    }
  `,
})
export class PasteBox {
  private readonly toaster = inject(Toaster);
  private readonly transloco = inject(TranslocoService);
  private readonly box = viewChild.required<ElementRef<HTMLTextAreaElement>>('box');

  readonly text = input('');
  readonly rows = input(7);
  /** The whole text, at every change. */
  readonly pasted = output<string>();

  protected readonly boxId = `import-text-${nextId++}`;
  private arrived = false;
  protected readonly samples = SAMPLES;
  protected readonly over = signal(false);

  /** Somebody who began to type elsewhere goes on at the end of the text. */
  protected arrive(): void {
    const box = this.box().nativeElement;
    if (this.arrived) return;
    this.arrived = true;
    box.setSelectionRange(box.value.length, box.value.length);
  }

  /** Puts the caret where a problem is; line and column count from 1. */
  moveCaret(line: number, column: number): void {
    const box = this.box().nativeElement;
    const offset = caretOffset(box.value, line, column);
    box.focus();
    box.setSelectionRange(offset, offset);
    box.scrollTop = (line - 3) * parseFloat(getComputedStyle(box).lineHeight);
  }

  protected hover(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.over.set(true);
  }

  protected drop(event: DragEvent): void {
    this.over.set(false);
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    void this.read(file);
  }

  protected pick(input: HTMLInputElement): void {
    const file = input.files?.[0];
    if (file) void this.read(file);
    input.value = '';
  }

  private async read(file: File): Promise<void> {
    if (file.size > MAX_FILE_BYTES)
      return this.toaster.show('error', this.transloco.translate('services.add.fileTooLarge', { name: file.name }));
    this.pasted.emit(await file.text());
  }
}

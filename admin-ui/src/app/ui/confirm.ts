import { DIALOG_DATA, Dialog, DialogRef } from '@angular/cdk/dialog';
import { Component, Injectable, inject } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { firstValueFrom } from 'rxjs';

/** Texts are already in the reader's language. */
export interface Question {
  title: string;
  text: string;
  /** The word on the button that does it, for example "Delete". */
  act: string;
  /** Whether it cannot be undone: the focus then starts on Cancel. */
  destructive?: boolean;
}

@Component({
  selector: 'gh-confirm-box',
  imports: [TranslocoDirective, NzButtonComponent],
  template: `
    <div class="box" *transloco="let t">
      <h2 id="gh-confirm-title">{{ question.title }}</h2>
      <p id="gh-confirm-text" class="gh-muted">{{ question.text }}</p>
      <div class="acts">
        <button nz-button [attr.cdkFocusInitial]="question.destructive ? '' : null" (click)="answer(false)">
          {{ t('act.cancel') }}
        </button>
        <button
          nz-button
          nzType="primary"
          [nzDanger]="!!question.destructive"
          [attr.cdkFocusInitial]="question.destructive ? null : ''"
          (click)="answer(true)"
        >
          {{ question.act }}
        </button>
      </div>
    </div>
  `,
  styles: `
    .box {
      padding: var(--gh-5) var(--gh-6);
    }
    p {
      margin-top: var(--gh-2);
      overflow-wrap: anywhere;
    }
    .acts {
      display: flex;
      justify-content: flex-end;
      gap: var(--gh-2);
      margin-top: var(--gh-5);
    }
  `,
})
class ConfirmBox {
  private readonly ref = inject<DialogRef<boolean>>(DialogRef);
  protected readonly question = inject<Question>(DIALOG_DATA);

  protected answer(agreed: boolean): void {
    this.ref.close(agreed);
  }
}

/** Asks before something that matters is done. */
@Injectable({ providedIn: 'root' })
export class Confirm {
  private readonly dialog = inject(Dialog);

  /** Resolves with whether the person agreed; Esc and the backdrop mean no. */
  async ask(question: Question): Promise<boolean> {
    const opened = this.dialog.open<boolean, Question>(ConfirmBox, {
      data: question,
      role: 'alertdialog',
      ariaLabelledBy: 'gh-confirm-title',
      ariaDescribedBy: 'gh-confirm-text',
      ariaModal: true,
      panelClass: 'gh-box',
      backdropClass: 'gh-backdrop',
    });
    return (await firstValueFrom(opened.closed)) ?? false;
  }
}

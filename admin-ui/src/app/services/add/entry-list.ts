import { Component, input, output } from '@angular/core';
import type { ImportProblem } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import type { EntryView, ImportView } from './import-view';
import { Icon } from '../../ui/icon';

/** What was understood of the text, entry by entry; a problem leads to its place in the text. */
@Component({
  selector: 'gh-entry-list',
  imports: [TranslocoDirective, Icon],
  template: `
    <ng-container *transloco="let t">
      @for (problem of view().problems; track $index) {
        <button class="problem" type="button" [attr.data-severity]="problem.severity" (click)="located.emit(problem)">
          <nz-icon [nzType]="problem.severity === 'error' ? 'close-circle' : 'warning'" nzTheme="fill" />
          <span>{{ problem.message }}</span>
          <code>{{ t('services.add.at', { line: problem.line, column: problem.column }) }}</code>
        </button>
      }
      <ul [attr.aria-label]="t('services.add.found')">
        @for (entry of view().entries; track entry.key) {
          <li [attr.data-usable]="entry.usable">
            <label class="head">
              <input
                type="checkbox"
                [disabled]="!entry.usable"
                [checked]="entry.usable && selected().has(entry.key)"
                (change)="toggled.emit(entry)"
              />
              <strong>{{ entry.name }}</strong>
              <span class="gh-sr">{{
                t(entry.usable ? 'services.add.understood' : 'services.add.notUnderstood')
              }}</span>
            </label>
            @if (entry.target) {
              <code class="gh-ellipsis" [title]="entry.target">{{ entry.target }}</code>
            }
            @for (secret of entry.secrets; track secret.name) {
              <p class="secret gh-small">
                <nz-icon nzType="lock" /> <code>{{ secret.name }}</code> {{ t('services.add.toVault') }}
              </p>
            }
            @for (problem of entry.problems; track $index) {
              <button
                class="problem"
                type="button"
                [attr.data-severity]="problem.severity"
                (click)="located.emit(problem)"
              >
                <nz-icon [nzType]="problem.severity === 'error' ? 'close-circle' : 'warning'" nzTheme="fill" />
                <span>{{ problem.message }}</span>
                <code>{{ t('services.add.at', { line: problem.line, column: problem.column }) }}</code>
              </button>
            }
          </li>
        }
      </ul>
    </ng-container>
  `,
  styles: `
    ul {
      display: flex;
      flex-direction: column;
      gap: var(--gh-2);
    }
    li {
      padding: var(--gh-2) var(--gh-3);
      border: 1px solid var(--gh-border);
      border-inline-start: 3px solid var(--gh-ok);
      border-radius: var(--gh-radius);
    }
    li[data-usable='false'] {
      border-inline-start-color: var(--gh-bad);
    }
    .head {
      display: flex;
      align-items: center;
      gap: var(--gh-2);
    }
    li > code {
      display: block;
      color: var(--gh-muted);
    }
    .secret {
      color: var(--gh-ok);
    }
    .problem {
      display: grid;
      grid-template-columns: auto 1fr auto;
      align-items: start;
      gap: var(--gh-2);
      width: 100%;
      margin-block: var(--gh-1);
      padding: 4px var(--gh-2);
      border: 0;
      border-radius: var(--gh-radius);
      background: var(--gh-warn-soft);
      color: var(--gh-text);
      font: inherit;
      font-size: var(--gh-text-sm);
      text-align: start;
      cursor: pointer;
    }
    .problem nz-icon {
      margin-top: 4px;
      color: var(--gh-warn);
    }
    .problem[data-severity='error'] {
      background: var(--gh-bad-soft);
    }
    .problem[data-severity='error'] nz-icon {
      color: var(--gh-bad);
    }
    .problem code {
      text-decoration: underline;
    }
  `,
})
export class EntryList {
  readonly view = input.required<ImportView>();
  readonly selected = input.required<ReadonlySet<string>>();
  readonly toggled = output<EntryView>();
  readonly located = output<ImportProblem>();
}

import { Component, computed, inject, input, output, signal } from '@angular/core';
import type { Tool } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { Field } from '../../ui/field';
import { Icon } from '../../ui/icon';
import type { Remote } from '../../ui/remote';
import type { ItemForm } from '../form/profile-form';
import { ServiceShelf } from './service-shelf';

/** What the server said of an item, by field. */
export type ItemProblems = Readonly<Record<string, string>>;

/** One item of a profile: a whole service with what stays out, or one tool with its name and description here. */
@Component({
  selector: 'gh-item-row',
  imports: [TranslocoDirective, Field, Icon],
  templateUrl: './item-row.html',
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: var(--gh-2);
      padding: var(--gh-3);
      border: 1px solid var(--gh-border);
      border-radius: var(--gh-radius);
    }
    .gh-icon-btn {
      margin-inline-start: auto;
    }
    strong {
      min-width: 0;
      overflow-wrap: anywhere;
    }
    .line {
      display: flex;
      align-items: baseline;
      gap: var(--gh-2);
    }
    .two {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(220px, 1fr));
      gap: var(--gh-3);
    }
    .gone {
      color: var(--gh-warn);
    }
    .tools {
      max-height: 220px;
      margin-top: var(--gh-2);
      overflow: auto;
    }
  `,
})
export class ItemRow {
  private readonly shelf = inject(ServiceShelf);

  readonly item = input.required<ItemForm>();
  /** Makes ids of controls unique. */
  readonly place = input.required<number>();
  readonly problems = input.required<ItemProblems>();
  readonly changed = output<ItemForm>();
  readonly removed = output();

  protected readonly placeFields = ['serviceId', 'tool'];
  protected readonly name = computed(() => this.item().tool ?? this.item().serviceName);
  /** Read when somebody wants to choose. */
  protected readonly tools = signal<Remote<Tool[]> | undefined>(undefined);

  protected set(change: Partial<ItemForm>): void {
    this.changed.emit({ ...this.item(), ...change });
  }

  protected opened(isOpen: boolean): void {
    if (isOpen) this.tools.set(this.shelf.toolsOf(this.item().serviceId));
  }

  protected toggle(tool: string): void {
    const { except } = this.item();
    const isOut = except.includes(tool);
    this.set({ except: isOut ? except.filter((each) => each !== tool) : [...except, tool] });
  }
}

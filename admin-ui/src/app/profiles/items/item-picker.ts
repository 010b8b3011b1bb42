import { Component, computed, inject, input, output, signal } from '@angular/core';
import type { Tool } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { Field } from '../../ui/field';
import { Icon } from '../../ui/icon';
import type { Remote } from '../../ui/remote';
import { SearchBox } from '../../ui/search-box';
import { newItem, type ItemForm } from '../form/profile-form';
import { ServiceShelf } from './service-shelf';

/** Puts a whole service, or single tools of it, into a profile. */
@Component({
  selector: 'gh-item-picker',
  imports: [TranslocoDirective, NzButtonComponent, Field, Icon, SearchBox],
  templateUrl: './item-picker.html',
  styles: `
    .service {
      display: flex;
      flex-wrap: wrap;
      align-items: end;
      gap: var(--gh-3);
    }
    .service gh-field {
      flex: 1 1 220px;
    }
    .service button {
      margin-bottom: var(--gh-1);
    }
    gh-search,
    .gh-select {
      width: 100%;
    }
    .tools {
      max-height: 260px;
      margin-top: var(--gh-2);
      overflow: auto;
      border: 1px solid var(--gh-border);
      border-radius: var(--gh-radius);
    }
    .tools li {
      display: flex;
      align-items: center;
      gap: var(--gh-3);
      padding: 6px var(--gh-3);
      border-bottom: 1px solid var(--gh-border);
    }
    .tools li:last-child {
      border-bottom: 0;
    }
    .tools div {
      flex: 1;
      min-width: 0;
    }
    .tools div * {
      display: block;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
  `,
})
export class ItemPicker {
  protected readonly shelf = inject(ServiceShelf);

  readonly items = input.required<readonly ItemForm[]>();
  readonly added = output<ItemForm>();

  protected readonly serviceId = signal('');
  protected readonly words = signal('');
  protected readonly service = computed(() =>
    this.shelf.services.value()?.find((service) => service.id === this.serviceId()),
  );
  protected readonly tools = signal<Remote<Tool[]> | undefined>(undefined);
  protected readonly found = computed(() => {
    const words = this.words().toLowerCase();
    return (this.tools()?.value() ?? []).filter((tool) => textOf(tool).includes(words));
  });
  protected readonly hasWhole = computed(() => this.has(null));

  constructor() {
    void this.shelf.load();
  }

  protected choose(serviceId: string): void {
    this.serviceId.set(serviceId);
    this.tools.set(serviceId ? this.shelf.toolsOf(serviceId) : undefined);
  }

  protected has(tool: string | null): boolean {
    return this.items().some((item) => item.serviceId === this.serviceId() && item.tool === tool);
  }

  protected add(tool: string | null): void {
    const service = this.service();
    if (service) this.added.emit(newItem(service, tool));
  }
}

const textOf = ({ name, title, description }: Tool): string =>
  [name, title, description].filter(Boolean).join('\n').toLowerCase();

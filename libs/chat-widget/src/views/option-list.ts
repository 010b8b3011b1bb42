import { html, nothing, type TemplateResult } from 'lit';

import { icon } from './icon.js';
import type { ViewContext } from './view-context.js';

/** A choice in a searchable list. */
export interface Option {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  readonly mark: TemplateResult;
  readonly note: TemplateResult | string | typeof nothing;
  readonly isChosen: boolean | undefined;
  readonly pick: () => void;
}

/** The pattern "combobox with a list box": the field keeps the focus, the arrow keys move the highlight, Enter picks. */
export function optionList(
  { words, ui, acts }: ViewContext,
  label: string,
  options: readonly Option[],
  empty: string,
): TemplateResult {
  const active = Math.min(ui.active, options.length - 1);
  const press = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step && event.key !== 'Enter') return;
    event.preventDefault();
    if (step) acts.highlight((active + step + options.length) % Math.max(1, options.length));
    else options[active]?.pick();
  };
  return html`<div class="search">
      ${icon('search')}
      <input
        type="text"
        role="combobox"
        aria-label=${label}
        placeholder=${label}
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls="options"
        aria-activedescendant=${options.length ? `option-${active}` : nothing}
        autocomplete="off"
        .value=${ui.query}
        @input=${(event: Event) => acts.search((event.target as HTMLInputElement).value)}
        @keydown=${press}
      />
    </div>
    ${
      options.length
        ? html`<ul
            id="options"
            role="listbox"
            aria-label=${label}
            aria-multiselectable=${options[0]?.isChosen === undefined ? nothing : 'true'}
            tabindex="-1"
          >
            ${options.map((option, index) => optionView(option, index, index === active))}
          </ul>`
        : html`<p id="options" class="none">${ui.query ? words.noMatch : empty}</p>`
    }`;
}

const optionView = (option: Option, index: number, isActive: boolean): TemplateResult =>
  html`<li
    id="option-${index}"
    role="option"
    class=${isActive ? 'active' : ''}
    aria-selected=${option.isChosen ?? isActive}
    @click=${option.pick}
    @mousedown=${(event: Event) => event.preventDefault()}
  >
    ${option.mark}
    <span class="texts"><span class="name">${option.title}</span><span class="hint">${option.hint}</span></span>
    <span class="note">${option.note}</span>
    ${option.isChosen === undefined ? nothing : html`<span class="box">${option.isChosen ? icon('check') : nothing}</span>`}
  </li>`;

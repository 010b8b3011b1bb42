import { html, nothing, type TemplateResult } from 'lit';

import type { Field } from '../tools/schema-form.js';
import type { Dictionary } from '../text/dictionary.js';
import { icon } from './icon.js';
import type { OpenForm, ViewContext } from './view-context.js';

/** The form of a tool, made from its schema, that runs it without the model. */
export function toolForm(context: ViewContext, form: OpenForm): TemplateResult {
  const { words, acts, session } = context;
  const isEmpty = form.field.kind === 'group' && form.field.fields.length === 0;
  const submit = (event: Event) => {
    event.preventDefault();
    acts.runTool();
  };
  return html`<form class="tool-form" novalidate @submit=${submit}>
    <div class="fields">
      ${form.tool.description ? html`<p class="description">${form.tool.description}</p>` : nothing}
      ${form.field.kind === 'group' && form.problems[''] ? html`<p class="problem">${icon('alert')} ${form.problems['']}</p>` : nothing}
      ${isEmpty ? html`<p class="small">${words.noArguments}</p>` : nothing}
      ${form.field.kind === 'group' ? form.field.fields.map((field) => fieldView(context, form, field)) : fieldView(context, form, form.field)}
    </div>
    <button type="submit" class="primary run" ?disabled=${session.conversation.status !== 'idle'}>
      ${icon('tool')} ${words.run}
    </button>
  </form>`;
}

function fieldView(context: ViewContext, form: OpenForm, field: Field): TemplateResult {
  const id = `field-${encodeURIComponent(field.path)}`;
  const problem = form.problems[field.path];
  if (field.kind === 'group') {
    return html`<fieldset>
      <legend>${field.title}</legend>
      ${field.description ? html`<p class="hint">${field.description}</p>` : nothing}
      ${field.fields.map((part) => fieldView(context, form, part))}
    </fieldset>`;
  }
  return html`<div class="field">
    <label for=${id}>
      ${field.title || context.words.asJson}
      ${field.isRequired ? nothing : html`<span class="small">${context.words.optional}</span>`}
    </label>
    ${control(context, form, field, id)}
    <p class="hint" id="${id}-hint">${hintOf(field, context.words)}</p>
    ${problem ? html`<p class="problem" id="${id}-problem">${icon('alert')} ${problem}</p>` : nothing}
  </div>`;
}

const hintOf = ({ kind, description }: Field, words: Dictionary): string =>
  [description, { list: words.onePerLine, json: words.asJson }[kind as string]].filter(Boolean).join(' · ');

function control({ words, acts }: ViewContext, form: OpenForm, field: Field, id: string): TemplateResult {
  const typed = form.draft[field.path] ?? '';
  const isInvalid = field.path in form.problems;
  const describedBy = isInvalid ? `${id}-hint ${id}-problem` : `${id}-hint`;
  const fill = (event: Event) => acts.fill(field.path, (event.target as HTMLInputElement).value);
  if (field.kind === 'fixed') return html`<input id=${id} readonly .value=${field.optionTitles[0] ?? ''} />`;
  const titles = field.kind === 'boolean' ? [words.yes, words.no] : field.optionTitles;
  const values = field.kind === 'boolean' ? ['true', 'false'] : titles.map((_, index) => String(index));
  if (field.kind === 'boolean' || field.kind === 'choice') {
    return html`<select
      id=${id}
      aria-describedby=${describedBy}
      aria-invalid=${isInvalid}
      aria-required=${field.isRequired}
      @change=${fill}
    >
      <option value="" ?selected=${typed === ''}>${words.notSet}</option>
      ${titles.map((title, index) => html`<option value=${values[index] ?? ''} ?selected=${typed === values[index]}>${title}</option>`)}
    </select>`;
  }
  const isTall = field.isMultiline || field.kind === 'list' || field.kind === 'json';
  return isTall
    ? html`<textarea
        id=${id}
        rows="3"
        class=${field.kind}
        aria-describedby=${describedBy}
        aria-invalid=${isInvalid}
        aria-required=${field.isRequired}
        .value=${typed}
        @input=${fill}
      ></textarea>`
    : html`<input
        id=${id}
        type=${INPUT_TYPES[String(field.schema['format'])] ?? 'text'}
        inputmode=${field.kind === 'string' ? nothing : field.kind === 'integer' ? 'numeric' : 'decimal'}
        autocomplete="off"
        aria-describedby=${describedBy}
        aria-invalid=${isInvalid}
        aria-required=${field.isRequired}
        .value=${typed}
        @input=${fill}
      />`;
}

/** Formats whose native control gives exactly the text that the schema asks for. */
const INPUT_TYPES: Partial<Record<string, string>> = { date: 'date', email: 'email', uri: 'url' };

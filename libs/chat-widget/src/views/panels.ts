import { html, nothing, type TemplateResult } from 'lit';

import type { Service, UsableTool } from '@gatehouse/api-client';
import { localText } from '../text/dictionary.js';
import { failureCard } from './failure-card.js';
import { icon } from './icon.js';
import { optionList } from './option-list.js';
import { avatar, serviceName, toolTitle } from './service-name.js';
import { toolForm } from './tool-form.js';
import type { Panel, ViewContext } from './view-context.js';

/** What is open over the conversation: the services, the tools with their forms, or the former conversations. */
export function panel(context: ViewContext): TemplateResult | typeof nothing {
  const { ui, words, acts } = context;
  if (!ui.panel) return nothing;
  const title = ui.form ? toolTitle(ui.form.tool) : words[ui.panel];
  return html`<div class="sheet" role="dialog" aria-label=${title}>
    <div class="sheet-head">
      ${
        ui.form
          ? html`<button
              type="button"
              class="quiet"
              aria-label=${words.back}
              title=${words.back}
              @click=${() => acts.closeTool()}
            >
              ${icon('back')}
            </button>`
          : nothing
      }
      <h3>${title}</h3>
      <button
        type="button"
        class="quiet"
        aria-label=${words.close}
        title=${words.close}
        @click=${() => acts.show(undefined)}
      >
        ${icon('close')}
      </button>
    </div>
    ${ui.form ? toolForm(context, ui.form) : BODIES[ui.panel](context)}
  </div>`;
}

const BODIES: Record<Panel, (context: ViewContext) => TemplateResult> = { services, tools, history };

/** Every word of the query occurs in one of the texts. */
export function matches(query: string, texts: readonly (string | null | undefined)[]): boolean {
  const words = query.toLowerCase().split(/\s+/);
  const all = texts.join(' ').toLowerCase();
  return words.every((word) => all.includes(word));
}

export const findServices = ({ session, ui }: ViewContext): readonly Service[] =>
  session.services.filter(
    ({ id, name, slug, displayName, description, category, tags }) =>
      ui.found.includes(id) ||
      matches(ui.query, [
        name,
        slug,
        displayName.zh,
        displayName.en,
        description.zh,
        description.en,
        category,
        ...tags,
      ]),
  );

/** The tools of the chosen services; of all when none is chosen. */
export const findTools = ({ session, ui }: ViewContext): readonly UsableTool[] =>
  session.tools.filter(
    (tool) =>
      (session.chosen.length === 0 || session.chosen.includes(tool.serviceId)) &&
      matches(ui.query, [
        tool.name,
        tool.title,
        tool.description,
        tool.serviceSlug,
        tool.serviceName.zh,
        tool.serviceName.en,
      ]),
  );

function services(context: ViewContext): TemplateResult {
  const { words, language, session, acts } = context;
  const options = findServices(context).map((service) => ({
    id: service.id,
    title: serviceName(service, language),
    hint: localText(service.description, language),
    mark: avatar(serviceName(service, language)),
    note: healthNote(context, service),
    isChosen: session.chosen.includes(service.id),
    pick: () => acts.toggleService(service.id),
  }));
  return optionList(context, words.findService, options, words.nothingShared);
}

function healthNote({ words }: ViewContext, { health, capabilities }: Service): TemplateResult | string {
  if (health.state === 'ready' || health.state === 'unknown') return words.toolCount(capabilities.tools);
  return html`<span class="health is-${health.state}">${words.health[health.state]}</span>`;
}

function tools(context: ViewContext): TemplateResult {
  const { words, language, session, acts } = context;
  const options = findTools(context).map((tool) => {
    const service = localText(tool.serviceName, language) || tool.serviceSlug;
    return {
      id: tool.publicName,
      title: toolTitle(tool),
      hint: tool.description ?? '',
      mark: avatar(service),
      note: service,
      isChosen: undefined,
      pick: () => acts.openTool(tool),
    };
  });
  return html`${session.chosen.length ? nothing : html`<p class="small pad">${words.allServices}</p>`}
  ${optionList(context, words.findTool, options, words.noTools)}`;
}

function history(context: ViewContext): TemplateResult {
  const { words, session } = context;
  if (session.historyFailure)
    return html`<div class="pad">${failureCard(context, { failure: session.historyFailure })}</div>`;
  if (!session.history) return html`<div class="skeletons"><i></i><i></i><i></i></div>`;
  if (session.history.length === 0) return html`<p class="none">${words.noConversations}</p>`;
  return html`<ul class="history">
    ${session.history.map((conversation) => historyRow(context, conversation))}
  </ul>`;
}

function historyRow(
  context: ViewContext,
  conversation: NonNullable<ViewContext['session']['history']>[number],
): TemplateResult {
  const { words, language, session, ui, acts } = context;
  const title = conversation.title || words.untitled;
  const isCondemned = ui.condemned === conversation.id;
  return html`<li>
    <button
      type="button"
      class="open"
      aria-current=${conversation.id === session.conversationId ? 'true' : nothing}
      @click=${() => acts.openConversation(conversation)}
    >
      <span class="name">${title}</span>
      <span class="hint"
        >${new Date(conversation.updatedAt).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' })}</span
      >
    </button>
    <button
      type="button"
      class="quiet ${isCondemned ? 'danger' : ''}"
      aria-label=${isCondemned ? nothing : words.deleteIt(title)}
      title=${words.deleteIt(title)}
      @click=${() => (isCondemned ? acts.deleteConversation(conversation.id) : acts.condemn(conversation.id))}
      @blur=${() => acts.condemn(undefined)}
    >
      ${isCondemned ? words.deleteSure : icon('remove')}
    </button>
  </li>`;
}

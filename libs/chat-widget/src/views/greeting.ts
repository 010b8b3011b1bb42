import { html, type TemplateResult } from 'lit';

import { localText } from '../text/dictionary.js';
import { failureCard } from './failure-card.js';
import { icon } from './icon.js';
import { avatar, serviceName, toolTitle } from './service-name.js';
import { isDirect, type ViewContext } from './view-context.js';

const SUGGESTIONS = 6;

/** What stands where the conversation will be: why there is none yet, and the one thing to do next. */
export function greeting(context: ViewContext): TemplateResult {
  const { words, session, acts } = context;
  switch (session.phase) {
    case 'ready':
      return session.services.length === 0
        ? notice(words.nothingShared, words.nothingSharedHint)
        : suggestions(context);
    case 'failed':
      return html`<div class="notice">
        ${failureCard(context, { failure: session.failure ?? { code: 'network', message: '', remedy: '' } })}
      </div>`;
    case 'idle':
    case 'sign-in':
      return html`<div class="notice">
        ${icon('lock')}
        <p class="lead">${words.signIn}</p>
        <p>${words.signInHint}</p>
        <button type="button" class="primary" @click=${() => acts.connect()}>${words.signInAct}</button>
        <slot name="sign-in"></slot>
      </div>`;
    default:
      return html`<div class="skeletons">
        <p class="small">${words.connecting}</p>
        <i></i><i></i><i></i>
      </div>`;
  }
}

const notice = (title: string, hint: string): TemplateResult =>
  html`<div class="notice">
    ${icon('lock')}
    <p class="lead">${title}</p>
    <p>${hint}</p>
    <slot name="empty"></slot>
  </div>`;

function suggestions(context: ViewContext): TemplateResult {
  const { words, session } = context;
  const useTools = isDirect(context);
  return html`<div class="hello">
    <span class="mark">${icon('chat')}</span>
    <p class="lead">${words.hello}</p>
    <p>${useTools ? words.helloDirect : words.helloHint}</p>
    <ul>
      ${useTools ? session.tools.slice(0, SUGGESTIONS).map(toolChip(context)) : session.services.slice(0, SUGGESTIONS).map(serviceChip(context))}
    </ul>
    <slot name="empty"></slot>
  </div>`;
}

const serviceChip =
  ({ session, language, acts }: ViewContext) =>
  (service: ViewContext['session']['services'][number]): TemplateResult =>
    html`<li>
      <button
        type="button"
        class="chip"
        aria-pressed=${session.chosen.includes(service.id)}
        @click=${() => acts.toggleService(service.id)}
      >
        ${avatar(serviceName(service, language))} ${serviceName(service, language)}
      </button>
    </li>`;

const toolChip =
  ({ language, acts }: ViewContext) =>
  (tool: ViewContext['session']['tools'][number]): TemplateResult =>
    html`<li>
      <button type="button" class="chip" @click=${() => acts.openTool(tool)}>
        ${avatar(localText(tool.serviceName, language) || tool.serviceSlug)} ${toolTitle(tool)}
      </button>
    </li>`;

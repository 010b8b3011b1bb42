import { html, nothing, type TemplateResult } from 'lit';

import {
  answerText as plainText,
  type AssistantMessage,
  type Message,
  type Part,
} from '../conversation/conversation.js';
import { linkTarget } from '../markdown/links.js';
import { answerText } from './answer-text.js';
import { callCard } from './call-card.js';
import { failureCard } from './failure-card.js';
import { greeting } from './greeting.js';
import { icon } from './icon.js';
import type { ViewContext } from './view-context.js';

/** The conversation, newest at the end. Screen readers hear it by sentences from a live region elsewhere. */
export function messageStream(context: ViewContext): TemplateResult {
  const { words, session, ui, acts } = context;
  const { messages } = session.conversation;
  if (messages.length === 0) return greeting(context);
  const last = messages.at(-1);
  return html`<ol class="messages">
      ${messages.map((message) => html`<li class=${message.role}>${messageView(context, message, message === last)}</li>`)}
    </ol>
    ${ui.isAtEnd ? nothing : html`<button type="button" class="latest" @click=${() => acts.toEnd()}>${icon('down')} ${words.latest}</button>`}`;
}

function messageView(context: ViewContext, message: Message, isLast: boolean): TemplateResult {
  const { words } = context;
  if (message.role === 'user') {
    return html`<span class="sr">${words.you} </span>
      <div class="bubble" part="message">${message.text}</div>`;
  }
  return html`<span class="sr">${words.assistant} </span>
    <div class="answer" part="message">
      ${message.parts.map((part) => partView(context, part, isLast))}
      ${isWaiting(message) ? html`<p class="waiting" aria-label=${words.writing}><i></i><i></i><i></i></p>` : nothing}
      ${message.outcome === 'stopped' ? html`<p class="small">${words.stopped}</p>` : nothing}
      ${message.failure && message.outcome !== 'open' ? failureCard(context, { failure: message.failure, isPast: !isLast }) : nothing}
      ${message.outcome === 'open' ? nothing : answerActs(context, message, isLast)}
    </div>`;
}

/** Nothing of the answer is moving on the screen. */
function isWaiting({ outcome, parts }: AssistantMessage): boolean {
  const last = parts.at(-1);
  const moves = last && (last.kind === 'call' ? last.call.state !== 'succeeded' : last.kind !== 'link' && !last.done);
  return outcome === 'open' && !moves;
}

function partView(context: ViewContext, part: Part, isLast: boolean): TemplateResult | typeof nothing {
  switch (part.kind) {
    case 'text':
      return answerText(part, context.words);
    case 'reasoning':
      return html`<details class="reasoning">
        <summary>${context.words.thinking} ${icon('open')}</summary>
        ${answerText(part, context.words)}
      </details>`;
    case 'call':
      return callCard(context, part.call, !isLast);
    case 'link':
      return linkTarget(part.url)
        ? html`<p class="source"><a href=${part.url} target="_blank" rel="noopener noreferrer">${part.title}</a></p>`
        : nothing;
  }
}

function answerActs({ words, acts, ui }: ViewContext, message: AssistantMessage, isLast: boolean): TemplateResult {
  const hasText = plainText(message) !== '';
  return html`<div class="acts ${isLast ? 'last' : ''}">
    ${
      hasText
        ? html`<button type="button" class="quiet" @click=${() => acts.copyAnswer(message)}>
            ${icon(ui.copied === message.id ? 'check' : 'copy')} ${ui.copied === message.id ? words.copied : words.copy}
          </button>`
        : nothing
    }
    ${
      isLast && !message.failure
        ? html`<button type="button" class="quiet" @click=${() => acts.retry()}>
            ${icon('retry')} ${words.act.retry}
          </button>`
        : nothing
    }
  </div>`;
}

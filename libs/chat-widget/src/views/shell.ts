import { html, nothing, type TemplateResult } from 'lit';

import { composer } from './composer.js';
import { icon, type IconName } from './icon.js';
import { messageStream } from './message-stream.js';
import { panel } from './panels.js';
import type { ViewContext } from './view-context.js';

/** How the widget stands in its page. */
export interface Frame {
  readonly isOpen: boolean;
  /** It can be closed: it floats over the page instead of being a part of it. */
  readonly floats: boolean;
  readonly announcement: string;
  readonly onScroll: (event: Event) => void;
  readonly onCopy: (event: Event) => void;
  readonly onLaunch: () => void;
}

/** The whole widget: the launcher, and the panel with head, conversation and composer. */
export function shell(context: ViewContext, frame: Frame): TemplateResult {
  const { words } = context;
  const label = frame.isOpen ? words.close : words.openChat;
  return html`${frame.isOpen ? chatPanel(context, frame) : nothing}
  ${
    frame.floats
      ? html`<button
          type="button"
          class="launcher"
          part="launcher"
          aria-expanded=${frame.isOpen}
          aria-label=${label}
          title="${label} (Alt+Shift+M)"
          @click=${frame.onLaunch}
        >
          ${icon(frame.isOpen ? 'close' : 'chat')}
        </button>`
      : nothing
  }`;
}

function chatPanel(context: ViewContext, frame: Frame): TemplateResult {
  const { words, language } = context;
  return html`<section
    class="panel"
    part="panel"
    lang=${language}
    role=${frame.floats ? 'dialog' : 'region'}
    aria-label=${words.chat}
  >
    ${header(context, frame)}
    <div class="body">
      <div
        class="stream"
        id="stream"
        tabindex="0"
        role="group"
        aria-label=${words.chat}
        @scroll=${frame.onScroll}
        @click=${frame.onCopy}
      >
        ${messageStream(context)}
      </div>
      ${panel(context)}
    </div>
    ${composer(context)}
    <p class="sr" aria-live="polite">${frame.announcement}</p>
  </section>`;
}

function header(context: ViewContext, frame: Frame): TemplateResult {
  const { words, acts, ui, session } = context;
  const isReady = session.phase === 'ready';
  const button = (name: IconName, label: string, act: () => void, isDisabled = false) =>
    html`<button type="button" class="quiet" aria-label=${label} title=${label} ?disabled=${isDisabled} @click=${act}>
      ${icon(name)}
    </button>`;
  return html`<div class="head" part="header">
    <span class="mark">${icon('chat')}</span>
    <h2><slot name="title">${words.chat}</slot></h2>
    <slot name="header"></slot>
    <button type="button" class="quiet" title=${words.otherLanguage} @click=${() => acts.switchLanguage()}>
      ${words.otherLanguageShort}
    </button>
    ${button('history', words.history, () => acts.show(ui.panel === 'history' ? undefined : 'history'), !isReady)}
    ${button('plus', words.newChat, () => acts.newChat(), !isReady)}
    ${frame.floats ? button('close', words.close, () => acts.close()) : nothing}
  </div>`;
}

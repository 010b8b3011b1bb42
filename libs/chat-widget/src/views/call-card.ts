import { html, nothing, type TemplateResult } from 'lit';

import { isFailedResult, isSettled, type ToolCall, type ToolCallState } from '../conversation/tool-call.js';
import { spanText, type Dictionary } from '../text/dictionary.js';
import { argumentRows, keyArgument } from '../tools/arguments-view.js';
import { readResult, type ResultItem } from '../tools/tool-result.js';
import { failureCard } from './failure-card.js';
import { icon, type IconName } from './icon.js';
import type { ViewContext } from './view-context.js';

const STATE_ICONS: Record<ToolCallState, IconName> = {
  drafting: 'clock',
  queued: 'clock',
  running: 'spinner',
  succeeded: 'check',
  failed: 'alert',
  denied: 'ban',
  cancelled: 'close',
  'timed-out': 'clock',
};

/** A tool call: one line that tells what and how, and everything behind it when unfolded. */
export function callCard(context: ViewContext, call: ToolCall, isPast: boolean): TemplateResult {
  const { words, acts, ui } = context;
  const isOpen = ui.unfolded.has(call.toolCallId);
  return html`<article
    class="call is-${call.state}"
    part="tool-card"
    aria-label=${`${call.title}: ${words.state[call.state]}`}
  >
    <details
      .open=${isOpen}
      @toggle=${(event: Event) => acts.unfold(call.toolCallId, (event.target as HTMLDetailsElement).open)}
    >
      <summary>
        ${icon(STATE_ICONS[call.state])}
        <span class="title">${call.title}</span>
        <span class="key">${keyArgument(call.input) || call.inputText.slice(-60)}</span>
        <span class="state">${words.state[call.state]}${elapsed(context, call)}</span>
        ${icon('open')}
      </summary>
      ${isOpen ? details(context, call) : nothing}
    </details>
    ${call.hasApp && call.output ? html`<gatehouse-app .shown=${{ call, context }}></gatehouse-app>` : nothing}
    ${progress(call)} ${callFailure(context, call, isPast)}
  </article>`;
}

/** How long it took, or has taken so far once that is worth saying. */
function elapsed({ words, now }: ViewContext, call: ToolCall): string {
  const running = isSettled(call) || !call.seenAt ? undefined : now - call.seenAt;
  const ms = call.durationMs ?? (running && running >= 1000 ? running : undefined);
  return ms === undefined ? '' : ` · ${spanText(ms, words)}`;
}

function progress(call: ToolCall): TemplateResult | typeof nothing {
  if (!call.progress || isSettled(call)) return nothing;
  const { progress: value, total, message = '' } = call.progress;
  return html`<p class="progress">
    <progress aria-label=${message || call.title} max=${total ?? nothing} value=${total ? value : nothing}></progress>
    ${message}
  </p>`;
}

/** Why it failed. A failure that the tool itself reports is told by its result, which is shown without unfolding. */
function callFailure(context: ViewContext, call: ToolCall, isPast: boolean): TemplateResult | typeof nothing {
  if (call.error) return failureCard(context, { failure: call.error, call, isPast });
  if (call.state !== 'failed' || !isFailedResult(call.output)) return nothing;
  const text = readResult(call.output)
    .map((item) => ('text' in item ? item.text : ''))
    .join('\n')
    .slice(0, 400);
  return failureCard(context, {
    failure: { code: 'tool_failed', message: text, remedy: '', act: 'edit-arguments' },
    call,
    isPast,
  });
}

function details(context: ViewContext, call: ToolCall): TemplateResult {
  const { words } = context;
  const rows = argumentRows(call.input);
  const items = readResult(call.output);
  return html`<div class="details">
    ${
      rows.length
        ? html`<p class="label">${words.arguments}</p>
            <dl>
              ${rows.map(
                ([name, value]) =>
                  html`<dt>${name}</dt>
                    <dd>${value}</dd>`,
              )}
            </dl>
            ${rawJson(words.rawArguments, call.input)}`
        : nothing
    }
    ${
      isSettled(call)
        ? html`<p class="label">${words.result}</p>
            ${items.length ? items.map((item) => resultItem(item, words)) : html`<p class="small">${words.noContent}</p>`}`
        : nothing
    }
    <p class="small facts">
      ${call.serviceName ? html`<span>${words.service} ${call.serviceName} · <code>${call.tool}</code></span>` : nothing}
      ${call.callId ? html`<span>${words.callId} <code>${call.callId}</code></span>` : nothing}
      ${call.cached ? html`<span>${call.joined ? words.joined : words.cached}</span>` : nothing}
    </p>
    ${context.isDev ? rawJson(words.result, call.output) : nothing}
  </div>`;
}

const rawJson = (label: string, value: unknown): TemplateResult =>
  html`<details class="raw">
    <summary>${label} ${icon('open')}</summary>
    <pre tabindex="0" role="group" aria-label=${label}>${JSON.stringify(value, null, 2)}</pre>
  </details>`;

function resultItem(item: ResultItem, words: Dictionary): TemplateResult {
  switch (item.kind) {
    case 'image':
      return html`<img src=${item.source} alt=${words.picture} />`;
    case 'link':
      return item.href
        ? html`<p>
            <a href=${item.href} target="_blank" rel="noopener noreferrer">${item.name}</a>
            <span class="small">${new URL(item.href).host} ${item.description}</span>
          </p>`
        : html`<p>${item.name} <span class="small">${item.description}</span></p>`;
    case 'other':
      return html`<p class="small">${words.attachment(item.mimeType)}</p>`;
    default:
      return html`<pre class=${item.kind} tabindex="0" role="group" aria-label=${words.result}>${item.text}</pre>
        ${item.cut ? html`<p class="small">${words.cut}</p>` : nothing}`;
  }
}

import { html, nothing, type TemplateResult } from 'lit';

import { actFor } from '../conversation/failure.js';
import type { FailureFacts } from '../conversation/stream-chunk.js';
import type { Dictionary } from '../text/dictionary.js';
import { icon } from './icon.js';
import type { FailurePlace, ViewContext } from './view-context.js';

/** The sentence and the way out, in the person's language; the server's own when it sent some. */
export function failureText(
  { code, message, remedy }: FailureFacts,
  words: Dictionary,
): [message: string, remedy: string] {
  if (code === 'network') return [words.network, words.networkHint];
  if (code === 'unreadable') return [words.unreadable, words.unreadableHint];
  if (code === 'tool_failed') return [words.toolFailed, message];
  return [message || words.unknownFailure, remedy];
}

/** What went wrong, what to do about it, and one button that does it. */
export function failureCard(context: ViewContext, place: FailurePlace): TemplateResult {
  const { words, acts, ui } = context;
  const { requestId = '', fields = [] } = place.failure;
  const [message, remedy] = failureText(place.failure, words);
  const act = place.isPast ? undefined : place.call ? place.failure.act : actFor(place.failure);
  return html`<div class="failure" part="error-card">
    ${icon(act === 'ask-access' ? 'ban' : 'alert')}
    <div>
      <p><strong>${message}</strong> ${remedy}</p>
      ${
        fields.length
          ? html`<ul>
              ${fields.map(({ path, message: text }) => html`<li><code>${path}</code> ${text}</li>`)}
            </ul>`
          : nothing
      }
      ${
        act || requestId
          ? html`<p class="row">
              ${
                act
                  ? html`<button type="button" class="primary" @click=${() => acts.answerFailure(act, place)}>
                      ${ui.copied === message ? words.copied : words.act[act]}
                    </button>`
                  : nothing
              }
              ${requestId ? html`<span class="small">${words.requestId} <code>${requestId}</code></span>` : nothing}
            </p>`
          : nothing
      }
    </div>
  </div>`;
}

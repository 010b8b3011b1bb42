import { html, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';

import type { TextPart } from '../conversation/conversation.js';
import { openFence } from '../markdown/markdown-blocks.js';
import { renderMarkdown, renderOpenCode } from '../markdown/safe-markdown.js';
import type { Dictionary } from '../text/dictionary.js';

/** Markdown of one text part. A sealed block is rendered once; only the tail is rendered at every paint. */
export const answerText = ({ blocks, done }: TextPart, words: Dictionary): TemplateResult =>
  html`${blocks.sealed.map((block) => guard([block, words], () => renderMarkdown(block, words)))}
  ${guard([blocks.tail, done, words], () => renderTail(blocks.tail, done, words))}`;

function renderTail(tail: string, isDone: boolean, words: Dictionary): HTMLElement {
  const fence = isDone ? undefined : openFence(tail);
  return fence ? renderOpenCode(fence.code, fence.language, words) : renderMarkdown(tail, words);
}

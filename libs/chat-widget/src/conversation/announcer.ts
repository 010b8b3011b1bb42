import { blocksText } from '../markdown/markdown-blocks.js';
import type { Dictionary } from '../text/dictionary.js';
import type { AssistantMessage, Conversation } from './conversation.js';
import { nextSentences } from './sentences.js';
import { isSettled } from './tool-call.js';

/** Decides what a screen reader should hear next of the newest answer: whole sentences, and how each call ended. */
export class Announcer {
  #answers = 0;
  #heard = new Map<string, number>();

  /** What to say since the last time; '' for nothing. */
  next(conversation: Conversation, words: Dictionary): string {
    const { messages } = conversation;
    const answer = messages.at(-1);
    if (answer?.role !== 'assistant') return '';
    const isNew = messages.length !== this.#answers;
    if (isNew) this.#heard.clear();
    this.#answers = messages.length;
    // A conversation that was only opened is there to be read, not to be recited.
    const isRecital = isNew && answer.outcome !== 'open';
    const news = this.#news(answer, words);
    return isRecital ? '' : news;
  }

  #news(answer: AssistantMessage, words: Dictionary): string {
    const said = answer.parts.flatMap((part) => {
      if (part.kind === 'text') return [this.#text(part.id, blocksText(part.blocks), part.done)];
      if (part.kind !== 'call' || !isSettled(part.call)) return [];
      return [this.#once(part.id, `${part.call.title}: ${words.state[part.call.state]}.`)];
    });
    if (answer.outcome === 'stopped') said.push(this.#once('end', words.stopped));
    if (answer.outcome === 'failed') said.push(this.#once('end', answer.failure?.message || words.unknownFailure));
    return said.filter(Boolean).join(' ');
  }

  #text(id: string, text: string, isDone: boolean): string {
    const { say, next } = nextSentences(text, this.#heard.get(id) ?? 0, isDone);
    this.#heard.set(id, next);
    return say;
  }

  #once(id: string, sentence: string): string {
    const isHeard = this.#heard.has(id);
    this.#heard.set(id, 1);
    return isHeard ? '' : sentence;
  }
}

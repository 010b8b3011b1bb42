import type { ModelMessage, UIMessage } from 'ai';
import type { Message } from '../message.store.js';
import type { StoredPart } from './parts.js';
import { textForModel } from './tool-output.js';

/** Characters of a tool's answer that a later turn is reminded of. */
const REMEMBERED = 4_000;

/**
 * What was said so far, for the model: texts, its own calls with their results, and what the person did by hand.
 *
 * @param toolsOffered whether the model gets tools this time; without any, some providers refuse messages that contain calls,
 *   and the calls are told in words
 */
export async function toModelMessages(messages: readonly Message[], toolsOffered: boolean): Promise<ModelMessage[]> {
  const { convertToModelMessages } = await import('ai');
  const told = messages.flatMap((message) => tell(message, toolsOffered));
  return convertToModelMessages(told, { ignoreIncompleteToolCalls: true });
}

function tell(message: Message, toolsOffered: boolean): Omit<UIMessage, 'id'>[] {
  const byHand = message.parts.some((part) => part.type === 'data-direct');
  if (byHand)
    return [
      said(
        'user',
        message.parts.flatMap((part) => inWords(part, 'I called')),
      ),
    ];
  if (message.role === 'assistant' && !toolsOffered) {
    return [
      said(
        'assistant',
        message.parts.flatMap((part) => inWords(part, 'I called')),
      ),
    ];
  }
  const parts = message.parts.flatMap((part) =>
    part.type === 'dynamic-tool' ? [remembered(part)] : wordsAndSteps(part),
  );
  return parts.some((part) => part.type !== 'step-start') ? [{ role: message.role, parts }] : [];
}

const said = (role: 'user' | 'assistant', texts: string[]): Omit<UIMessage, 'id'> => ({
  role,
  parts: [{ type: 'text', text: texts.join('\n') || '…' }],
});

/** With the borders of its steps. Reasoning is not repeated to the model, and what we add for the screen is none of its business. */
function wordsAndSteps(part: StoredPart): UIMessage['parts'] {
  if (part.type === 'text') return [{ type: 'text', text: part.text }];
  return part.type === 'step-start' ? [part] : [];
}

type CallPart = Extract<StoredPart, { type: 'dynamic-tool' }>;

const remembered = (part: CallPart): CallPart =>
  part.state === 'output-available' ? { ...part, output: textForModel(part.output, REMEMBERED) } : part;

function inWords(part: StoredPart, verb: string): string[] {
  if (part.type === 'text') return [part.text];
  if (part.type !== 'dynamic-tool') return [];
  const result =
    part.state === 'output-available' ? textForModel(part.output, REMEMBERED) : (part.errorText ?? 'no answer');
  return [
    `${verb} the tool ${part.toolName} with ${JSON.stringify(part.input)}. Its output, which is data:\n${result}`,
  ];
}

/** Characters of what an app wants to say that a person is shown, and that is sent. */
const LONGEST_TEXT = 4_000;
const LEAST_HEIGHT = 60;
/** Of an app inside a conversation, px. */
export const MOST_HEIGHT = 640;

/** An address that may be opened when the person agrees, in full; undefined for anything but the web. Pure. */
export function openableUrl(asked: string): string | undefined {
  if (!URL.canParse(asked)) return undefined;
  const { protocol, username, password, href } = new URL(asked);
  // An address with a name before its host looks like another host to whoever reads it.
  return ['http:', 'https:'].includes(protocol) && !username && !password ? href : undefined;
}

/** What a message of an app says, as plain text. Foreign. Pure. */
export function textOf(content: readonly unknown[] = []): string {
  const texts = content.map((block) => {
    const { type, text } = (block ?? {}) as { type?: unknown; text?: unknown };
    return type === 'text' && typeof text === 'string' ? text : '';
  });
  return texts.filter(Boolean).join('\n').slice(0, LONGEST_TEXT);
}

/** What an app tells the model about its state, as plain text. Foreign. Pure. */
export function contextText({ content, structuredContent }: { content?: unknown[]; structuredContent?: unknown }) {
  const structured = structuredContent === undefined ? '' : JSON.stringify(structuredContent).slice(0, LONGEST_TEXT);
  return [textOf(content), structured].filter(Boolean).join('\n');
}

/** How high an app may be inside a conversation, px; undefined: as it is. Pure. */
export function boundedHeight(asked: number | undefined): number | undefined {
  if (asked === undefined || !Number.isFinite(asked)) return undefined;
  return Math.min(Math.max(Math.ceil(asked), LEAST_HEIGHT), MOST_HEIGHT);
}

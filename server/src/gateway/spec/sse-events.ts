/** One server-sent event, as it came. */
export interface SseEvent {
  id?: string;
  event?: string;
  retry?: string;
  data: string;
}

/** Reads the events of a response one by one; ends with it. Comments are passed over. */
export async function* eventsOf(response: Response): AsyncGenerator<SseEvent, void, void> {
  if (!response.body) return;
  let pending = '';
  for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (pending + part).split('\n\n');
    pending = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = parse(block);
      if (event) yield event;
    }
  }
}

function parse(block: string): SseEvent | undefined {
  const event: SseEvent = { data: '' };
  const lines = block.split('\n').filter((line) => !line.startsWith(':'));
  for (const line of lines) {
    const at = line.indexOf(':');
    const field = line.slice(0, at) as keyof SseEvent;
    event[field] = line.slice(at + 1).trimStart();
  }
  return lines.length > 0 ? event : undefined;
}

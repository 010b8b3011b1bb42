import type { EventStore, JSONRPCMessage } from '@modelcontextprotocol/server';

/** What went out on the streams of one session, so that a client that lost its stream can read on from where it was. */
export class EventLog implements EventStore {
  private readonly events: { stream: string; message: JSONRPCMessage }[] = [];

  storeEvent(stream: string, message: JSONRPCMessage): Promise<string> {
    this.events.push({ stream, message });
    return Promise.resolve(String(this.events.length));
  }

  getStreamIdForEventId(id: string): Promise<string | undefined> {
    return Promise.resolve(this.events[Number(id) - 1]?.stream);
  }

  async replayEventsAfter(
    id: string,
    { send }: { send: (id: string, message: JSONRPCMessage) => Promise<void> },
  ): Promise<string> {
    const stream = this.events[Number(id) - 1]?.stream ?? '';
    for (const [index, event] of this.events.entries()) {
      // A stream opens with an event without a message, only to give it an id.
      if (index >= Number(id) && event.stream === stream && 'jsonrpc' in event.message)
        await send(String(index + 1), event.message);
    }
    return stream;
  }
}

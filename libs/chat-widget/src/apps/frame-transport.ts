import { parseJSONRPCMessage, type JSONRPCMessage, type Transport } from '@modelcontextprotocol/client';

/**
 * Messages to and from the sandbox frame of an app: heard from that window and that origin only, and never sent to
 * another origin, whatever the frame has become. What is no JSON-RPC message is passed over.
 */
export class FrameTransport implements Transport {
  onmessage?: (message: JSONRPCMessage) => void;
  onclose?: () => void;
  onerror?: (error: Error) => void;

  constructor(
    private readonly frame: Window,
    private readonly origin: string,
  ) {}

  start(): Promise<void> {
    addEventListener('message', this.hear);
    return Promise.resolve();
  }

  send(message: JSONRPCMessage): Promise<void> {
    this.frame.postMessage(message, this.origin);
    return Promise.resolve();
  }

  close(): Promise<void> {
    removeEventListener('message', this.hear);
    this.onclose?.();
    return Promise.resolve();
  }

  private readonly hear = ({ source, origin, data }: MessageEvent<unknown>): void => {
    if (source !== this.frame || origin !== this.origin) return;
    const message = readMessage(data);
    if (message) this.onmessage?.(message);
  };
}

function readMessage(data: unknown): JSONRPCMessage | undefined {
  try {
    return parseJSONRPCMessage(data);
  } catch {
    return undefined;
  }
}

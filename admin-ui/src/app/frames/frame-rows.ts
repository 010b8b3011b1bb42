/** One raw protocol message, as Gatehouse saw it pass. Foreign content. */
export interface ShownFrame {
  direction: 'in' | 'out';
  /** ISO 8601. */
  at: string;
  /** Null when it was too large to be kept. */
  message: Record<string, unknown> | null;
  /** With whom it was exchanged; absent: with the service. */
  hop?: 'client' | 'service';
  /** Characters. */
  size?: number;
  /** Of an answer: since its request, ms. */
  durationMs?: number;
}

export interface FrameRow<F extends ShownFrame = ShownFrame> {
  frame: F;
  /** Key of the words that say from whom to whom. */
  way: string;
  /** The method, or the error's words; '' for a plain answer. Foreign text. */
  title: string;
  failed: boolean;
  /** Since the first message, ms. */
  offsetMs: number;
}

/** Raw messages as rows with what stands out of each. */
export function frameRows<F extends ShownFrame>(frames: readonly F[]): FrameRow<F>[] {
  const start = Date.parse(frames[0]?.at ?? '');
  return frames.map((frame) => ({
    frame,
    way: frame.hop ? `${frame.hop}.${frame.direction}` : frame.direction,
    title: titleOf(frame.message),
    failed: isFailure(frame.message),
    offsetMs: Math.max(0, Date.parse(frame.at) - start),
  }));
}

/** Whether a client could send this again: a request with a method and an id. */
export const isRequest = ({ hop, direction, message }: ShownFrame): boolean =>
  hop === 'client' && direction === 'in' && typeof message?.['method'] === 'string' && 'id' in message;

/** An error, or a tool's own failure. */
export function isFailure(message: ShownFrame['message']): boolean {
  const result = message?.['result'];
  return (
    message?.['error'] !== undefined ||
    (typeof result === 'object' && result !== null && 'isError' in result && result.isError === true)
  );
}

function titleOf(message: ShownFrame['message']): string {
  const method = message?.['method'];
  if (typeof method === 'string') return [method, nameIn(message?.['params'])].filter(Boolean).join(' ');
  const error = message?.['error'];
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : '';
}

function nameIn(params: unknown): string {
  if (typeof params !== 'object' || params === null) return '';
  const name = 'name' in params ? params.name : 'uri' in params ? params.uri : '';
  return typeof name === 'string' ? name : '';
}

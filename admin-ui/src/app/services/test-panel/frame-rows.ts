import type { Frame } from '@gatehouse/api-client';

export interface FrameRow {
  direction: Frame['direction'];
  /** The method, or the error's words; '' for a plain answer. Foreign text. */
  title: string;
  /** Since the first message, ms. */
  offsetMs: number;
  message: Frame['message'];
}

/** Raw messages as rows with what stands out of each. */
export function frameRows(frames: readonly Frame[]): FrameRow[] {
  const start = Date.parse(frames[0]?.at ?? '');
  return frames.map(({ direction, at, message }) => ({
    direction,
    title: titleOf(message),
    offsetMs: Math.max(0, Date.parse(at) - start),
    message,
  }));
}

function titleOf(message: Frame['message']): string {
  if (typeof message['method'] === 'string') return message['method'];
  const error = message['error'];
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : '';
}

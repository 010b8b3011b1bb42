import type { Frame } from '../transports/observed-transport.js';

const FRAMES = 200;
const FRAME_CHARS = 64 * 1024;

/** The last raw messages of a connection; a very large one is kept as its beginning. */
export class FrameRing {
  private frames: Frame[] = [];

  readonly add = (frame: Frame): void => {
    const text = JSON.stringify(frame.message);
    const message =
      text.length <= FRAME_CHARS ? frame.message : { truncated: text.slice(0, FRAME_CHARS), chars: text.length };
    this.frames.push({ ...frame, message });
    if (this.frames.length > FRAMES) this.frames.shift();
  };

  list(): Frame[] {
    return [...this.frames];
  }
}

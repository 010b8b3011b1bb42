import { AppError } from '../../platform/index.js';

const MOST = 200;

/** The resources of which one session hears, each once however often it asks. */
export class SessionSubscriptions {
  private readonly stops = new Map<string, () => void>();

  /** @throws {AppError} `watch_limit`; what `watch` throws */
  add(uri: string, watch: () => () => void): void {
    if (this.stops.has(uri)) return;
    if (this.stops.size >= MOST) throw new AppError('watch_limit', { details: { service: 'Gatehouse', limit: MOST } });
    this.stops.set(uri, watch());
  }

  remove(uri: string): void {
    this.stops.get(uri)?.();
    this.stops.delete(uri);
  }

  endAll(): void {
    for (const stop of this.stops.values()) stop();
    this.stops.clear();
  }
}

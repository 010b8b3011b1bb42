import type { Counterpart } from '../dialogue.js';

const MOST = 1_000;

/** Who was asked to open which address, on one connection: the service may say later, and outside any call, that it is done. */
export class PendingLinks {
  private readonly byId = new Map<string, Counterpart>();

  add(elicitationId: string, counterpart: Counterpart): void {
    // Ids are unique to a service; whoever repeats one must not turn another person's news away.
    if (this.byId.has(elicitationId)) return;
    const [oldest] = this.byId.keys();
    if (this.byId.size >= MOST && oldest !== undefined) this.byId.delete(oldest);
    this.byId.set(elicitationId, counterpart);
  }

  /** Tells whoever was asked; an id that nobody was asked with is nobody's. */
  complete(elicitationId: unknown): void {
    if (typeof elicitationId !== 'string') return;
    const counterpart = this.byId.get(elicitationId);
    if (this.byId.delete(elicitationId)) counterpart?.onElicitationComplete?.(elicitationId);
  }
}

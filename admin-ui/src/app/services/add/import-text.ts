import { Injectable, effect, signal } from '@angular/core';

/**
 * The text somebody is importing. It outlives drawer and page, so that closing by accident loses nothing;
 * it is kept in memory only, because secrets may stand in it.
 */
@Injectable({ providedIn: 'root' })
export class ImportText {
  private readonly held = signal('');
  readonly text = this.held.asReadonly();

  constructor() {
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    effect(() => {
      if (this.held().trim()) addEventListener('beforeunload', warn);
      else removeEventListener('beforeunload', warn);
    });
  }

  set(text: string): void {
    this.held.set(text);
  }

  /** Forgets the text, once everything in it was added or it was thrown away on purpose. */
  clear(): void {
    this.held.set('');
  }
}

import { Injectable, signal } from '@angular/core';

/**
 * The text somebody is importing. It outlives drawer and page, so that closing by accident loses nothing;
 * it is kept in memory only, because secrets may stand in it.
 */
@Injectable({ providedIn: 'root' })
export class ImportText {
  private readonly held = signal('');
  readonly text = this.held.asReadonly();

  set(text: string): void {
    this.held.set(text);
    if (text.trim()) addEventListener('beforeunload', askBeforeLeaving);
    else removeEventListener('beforeunload', askBeforeLeaving);
  }

  /** Forgets the text, once everything in it was added. */
  clear(): void {
    this.set('');
  }
}

const askBeforeLeaving = (event: BeforeUnloadEvent): void => event.preventDefault();

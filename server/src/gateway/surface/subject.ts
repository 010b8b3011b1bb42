import type { Place } from './relay.js';

/** What one request of a client is about, at the service that answers it. */
export interface Subject {
  readonly method: 'tools/call' | 'prompts/get' | 'resources/read';
  readonly service: { readonly id: string; readonly name: string };
  /** How the endpoint writes the service's resources. */
  readonly place: Place;
  /** The service's own name of the tool or the prompt, or its own URI of the resource. */
  readonly name: string;
  /** How the record names it. */
  readonly label: string;
  readonly arguments: unknown;
  /** Whether the caller may still use it; asked again whenever the caller comes back to it. */
  isAllowed(): boolean;
}

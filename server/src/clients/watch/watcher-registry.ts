/** Hears that a resource changed. `uri` may be a part of what is watched; whoever hears it reads again. */
export type ResourceListener = (uri: string) => void;

/** Who watches which resources of one service. Counts, and knows whom a change concerns. */
export class WatcherRegistry {
  private readonly byUri = new Map<string, Set<ResourceListener>>();

  /** How many different resources are watched. */
  get size(): number {
    return this.byUri.size;
  }

  has(uri: string): boolean {
    return this.byUri.has(uri);
  }

  uris(): readonly string[] {
    return [...this.byUri.keys()];
  }

  add(uri: string, listener: ResourceListener): void {
    const listeners = this.byUri.get(uri);
    if (listeners) listeners.add(listener);
    else this.byUri.set(uri, new Set([listener]));
  }

  remove(uri: string, listener: ResourceListener): void {
    const listeners = this.byUri.get(uri);
    listeners?.delete(listener);
    if (listeners?.size === 0) this.byUri.delete(uri);
  }

  /** Those who watch `uri` itself, and those who watch something that it is a part of. */
  concernedBy(uri: string): readonly ResourceListener[] {
    if (this.byUri.size === 0) return [];
    return wholesOf(uri).flatMap((each) => [...(this.byUri.get(each) ?? [])]);
  }
}

/**
 * A URI and everything that it may be a part of, by its own structure: without fragment, without query, each folder above.
 *
 * A service may report a change of a sub-resource of what is watched (MCP 2025-11-25, server/resources). A scheme
 * alone is no resource of which everything else is a part.
 */
function wholesOf(uri: string): readonly string[] {
  const root = /^[^:/?#]*:(?:\/\/)?/.exec(uri)?.[0].length ?? 0;
  const wholes = [uri];
  for (let at = uri.length - 1; at >= root; at -= 1) {
    const char = uri[at];
    if (char === '/' && at < uri.length - 1) wholes.push(uri.slice(0, at + 1));
    if ((char === '/' || char === '?' || char === '#') && at > root) wholes.push(uri.slice(0, at));
  }
  return wholes;
}

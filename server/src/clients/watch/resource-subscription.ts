import { ProtocolError } from '@modelcontextprotocol/client';

/** The part of a connection that can tell when resources change. */
export interface WatchableConnection {
  readonly era: 'modern' | 'legacy';
  readonly canWatchResources: boolean;
  subscribeResource(uri: string): Promise<void>;
  unsubscribeResource(uri: string): Promise<void>;
  listenToResources(uris: readonly string[]): Promise<ResourceStream>;
}

/** An open stream of changes of a modern service. */
export interface ResourceStream {
  /** Settles when it has ended, by whomever. */
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

/** What one connection reports, brought in line with what is wanted. */
export interface ResourceSubscription {
  /**
   * Asks for the changes of exactly `uris`.
   *
   * @returns what the service refused, which is not asked for again
   * @throws what else went wrong; the next attempt may go better
   */
  bringTo(uris: readonly string[]): Promise<readonly ProtocolError[]>;
}

/** `resources/subscribe` and `resources/unsubscribe`, one resource at a time. */
export class LegacySubscription implements ResourceSubscription {
  private readonly asked = new Set<string>();

  constructor(private readonly connection: WatchableConnection) {}

  async bringTo(uris: readonly string[]): Promise<readonly ProtocolError[]> {
    const wanted = new Set(uris);
    const refusals: ProtocolError[] = [];
    const unlessRefused = async (work: Promise<void>): Promise<void> => {
      try {
        await work;
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
        refusals.push(error);
      }
    };
    for (const uri of [...this.asked].filter((each) => !wanted.has(each))) {
      await unlessRefused(this.connection.unsubscribeResource(uri));
      this.asked.delete(uri);
    }
    for (const uri of uris.filter((each) => !this.asked.has(each))) {
      await unlessRefused(this.connection.subscribeResource(uri));
      this.asked.add(uri);
    }
    return refusals;
  }
}

/** `subscriptions/listen` with everything that is wanted; a new stream is open before the old one is closed. */
export class ModernSubscription implements ResourceSubscription {
  private stream: ResourceStream | undefined;
  private covered = '';

  /** @param onEnded the service ended the stream, and nothing is reported any more */
  constructor(
    private readonly connection: WatchableConnection,
    private readonly onEnded: () => void,
  ) {}

  async bringTo(uris: readonly string[]): Promise<readonly ProtocolError[]> {
    const key = JSON.stringify([...uris].sort());
    if (this.stream && key === this.covered) return [];
    const before = this.stream;
    const next = uris.length > 0 ? await this.connection.listenToResources(uris) : undefined;
    this.stream = next;
    this.covered = key;
    void next?.ended.then(() => this.miss(next));
    await before?.close();
    return [];
  }

  private miss(stream: ResourceStream): void {
    if (this.stream !== stream) return;
    this.stream = undefined;
    this.onEnded();
  }
}

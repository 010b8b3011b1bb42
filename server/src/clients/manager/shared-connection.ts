import type { Connection } from '../connection/connection.js';

/** A connection that several calls use at once, and that ends when the last of them is done with it. */
export class SharedConnection {
  private users = 0;
  private retired = false;

  /** @param onIdle called whenever the last user has left a connection that is still in service */
  constructor(
    readonly connection: Connection,
    private readonly onIdle: () => void,
  ) {}

  get isInUse(): boolean {
    return this.users > 0;
  }

  async use<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    this.users += 1;
    try {
      return await work(this.connection);
    } finally {
      this.users -= 1;
      if (this.users === 0) this.leave();
    }
  }

  /** Nobody new will use it. Whoever does may finish. */
  retire(): void {
    this.retired = true;
    if (this.users === 0) void this.connection.close();
  }

  private leave(): void {
    if (this.retired) void this.connection.close();
    else this.onIdle();
  }
}

import type { Connection } from '../connection/connection.js';

type Work<T> = (connection: Connection) => Promise<T>;

/** Takes over calls from a connection that has enough of them. */
export interface Relief {
  /** How many calls at a time the connection takes before it wants relief. */
  readonly callsEach: number;
  use<T>(work: Work<T>): Promise<T>;
}

/** A connection that several calls use at once, and that ends when the last of them is done with it. */
export class SharedConnection {
  private inUse = 0;
  private retired = false;
  /** Absent: it takes any number of calls. */
  relief: Relief | undefined;

  /** @param onIdle called whenever the last user has left a connection that is still in service */
  constructor(
    readonly connection: Connection,
    private readonly onIdle: () => void,
    private readonly onLeft: () => void = () => undefined,
  ) {}

  get isInUse(): boolean {
    return this.inUse > 0;
  }

  /** How many use it now. */
  get users(): number {
    return this.inUse;
  }

  use<T>(work: Work<T>): Promise<T> {
    const { relief } = this;
    return relief && this.inUse >= relief.callsEach && !this.retired ? relief.use(work) : this.run(work);
  }

  /** Runs `work` on this connection and no other. */
  async run<T>(work: Work<T>): Promise<T> {
    this.inUse += 1;
    try {
      return await work(this.connection);
    } finally {
      this.inUse -= 1;
      if (this.inUse === 0) this.leave();
      this.onLeft();
    }
  }

  /** Nobody new will use it. Whoever does may finish. */
  retire(): void {
    this.retired = true;
    if (this.inUse === 0) void this.connection.close();
  }

  private leave(): void {
    if (this.retired) void this.connection.close();
    else this.onIdle();
  }
}

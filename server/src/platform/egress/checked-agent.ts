import { Agent as HttpAgent, type ClientRequestArgs } from 'node:http';
import { connect as connectTcp, isIP, type Socket, type TcpNetConnectOpts } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import type { TlsSettings } from './egress-rules.js';

const CONNECT_MS = 5_000;

/**
 * For libraries that want Node's agent instead of a fetch (WebSocket): one connection, whose address is looked at before
 * a header leaves.
 */
export class CheckedAgent extends HttpAgent {
  constructor(
    private readonly url: URL,
    private readonly check: (socket: Socket) => void,
    private readonly tls: TlsSettings = {},
  ) {
    super({ keepAlive: false });
    // Undeclared in the types; node:https refuses an agent of the other protocol.
    if (url.protocol === 'wss:') Object.assign(this, { protocol: 'https:', defaultPort: 443 });
  }

  override createConnection(
    options: ClientRequestArgs,
    done?: (error: Error | null, socket: Duplex) => void,
  ): undefined {
    const secure = this.url.protocol === 'wss:';
    const host = this.url.hostname.replace(/^\[|\]$/g, '');
    // `path` is the URL's here, and would be taken for that of a Unix socket.
    const target = { ...(options as TcpNetConnectOpts & ConnectionOptions), path: undefined, host };
    const socket: Socket = secure
      ? connectTls({ ...target, ...this.tls, servername: isIP(host) ? '' : host })
      : connectTcp(target);
    const fail = (error: unknown): void => done?.(error as Error, socket);
    socket.setTimeout(CONNECT_MS, () =>
      socket.destroy(Object.assign(new Error('connect timeout'), { code: 'ETIMEDOUT' })),
    );
    socket.once('error', fail);
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      socket.off('error', fail).setTimeout(0);
      try {
        this.check(socket);
        done?.(null, socket);
      } catch (refusal) {
        fail(refusal);
      }
    });
    return undefined;
  }
}

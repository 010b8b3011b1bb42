import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError, whenClosed } from '../../platform/index.js';
import { authInfoOf, type McpCaller } from '../caller.js';
import { EventStream } from '../http/event-stream.js';
import { RPC, answerWithError } from '../http/rpc-error.js';
import { isRpcMessage } from '../http/rpc-message.js';
import { messagesPath } from '../http/route.js';
import { LegacySessions } from '../legacy/legacy-sessions.js';
import { PipeTransport } from '../legacy/pipe-transport.js';

/**
 * Serves clients of revision 2024-11-05 by HTTP+SSE: the session is the event stream that a GET opens, and what the client says
 * comes by POST to the address that the stream names first.
 */
@Injectable()
export class SseDoor {
  constructor(private readonly sessions: LegacySessions) {}

  /** @param endpoint path of the endpoint, as `routeOf` gives it */
  async open(request: IncomingMessage, response: ServerResponse, caller: McpCaller, endpoint: string): Promise<void> {
    if (!takesEvents(request)) throw new AppError('bad_request');
    // Not before there is room for one more session: refusals have a status.
    let opened: EventStream | undefined;
    const stream = (): EventStream => (opened ??= new EventStream(response));
    const pipe = new PipeTransport(randomUUID(), caller.gone, {
      say: (message) => stream().send(message),
      hangUp: () => stream().end(),
    });
    const session = await this.sessions.open(caller, pipe);
    const unwatch = this.sessions.watchLists(session, caller);
    stream().sendText(`${messagesPath(endpoint)}?sessionId=${session.id}`, undefined, 'endpoint');
    whenClosed(response, () => {
      unwatch();
      this.sessions.end(session);
    });
  }

  /** @param body parsed */
  post(request: IncomingMessage, response: ServerResponse, caller: McpCaller, body: unknown): void {
    if (!isRpcMessage(body)) {
      return answerWithError(response, 400, {
        code: RPC.invalidRequest,
        message: 'The body is not a JSON-RPC message.',
      });
    }
    const session = this.sessions.find(PipeTransport, sessionIdOf(request), caller);
    if (!session) {
      return answerWithError(response, 404, {
        code: RPC.sessionNotFound,
        message: 'There is no such session: open the event stream first.',
      });
    }
    const { transport, peer } = session;
    const legacy = { peer, isReachable: true };
    if (!transport.deliver(body, authInfoOf({ ...caller, gone: transport.gone, legacy }))) {
      return answerWithError(response, 400, {
        code: RPC.invalidRequest,
        message: 'A request of this id is still open.',
      });
    }
    response.writeHead(202).end();
  }
}

const sessionIdOf = ({ url = '' }: IncomingMessage): string =>
  new URL(url, 'http://gatehouse').searchParams.get('sessionId') ?? '';

/** Who names no type, or any, takes events too: some clients lose the header on their way out. */
const takesEvents = ({ headers: { accept = '*/*' } }: IncomingMessage): boolean =>
  ['text/event-stream', 'text/*', '*/*'].some((type) => accept.includes(type));

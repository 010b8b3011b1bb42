import type { ServerContext } from '@modelcontextprotocol/server';

/**
 * What a handler knows of the request that it serves: the part of the SDK's context that the gateway reads, so that a request
 * that goes past the SDK's server is served by the same handlers.
 */
export interface CallContext {
  readonly mcpReq: Pick<
    ServerContext['mcpReq'],
    'id' | '_meta' | 'envelope' | 'signal' | 'send' | 'notify' | 'requestState' | 'inputResponses'
  >;
  readonly http?: Pick<NonNullable<ServerContext['http']>, 'authInfo'> | undefined;
}

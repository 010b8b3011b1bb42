import { Injectable } from '@nestjs/common';
import type { Server } from '@modelcontextprotocol/server';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/server/validators/ajv';
import { APPS_CAPABILITY } from '../../clients/index.js';
import { RequestContext } from '../../platform/index.js';
import type { McpCaller } from '../caller.js';
import { TaskMethods } from '../tasks/task-methods.js';
import { CompletionMethods } from './completion-methods.js';
import { ContentMethods } from './content-methods.js';
import { PRIVATE, SERVER_INFO } from './server-info.js';
import { SurfaceServer } from './surface-server.js';
import { ToolMethods } from './tool-methods.js';

const CAPABILITIES = {
  tools: { listChanged: true },
  resources: { listChanged: true, subscribe: true },
  prompts: { listChanged: true },
  completions: {},
  extensions: { ...APPS_CAPABILITY },
  logging: {},
};
const CACHE_HINTS = {
  'server/discover': PRIVATE,
  'tools/list': PRIVATE,
  'resources/list': PRIVATE,
  'resources/templates/list': PRIVATE,
  'resources/read': PRIVATE,
  'prompts/list': PRIVATE,
};

/** What an MCP client sees of us: the tools, resources and prompts of one endpoint that its principal may use. */
@Injectable()
export class McpSurface {
  /** The SDK would make one for every server instance; nothing of ours is checked with it. */
  private readonly jsonSchemaValidator = new AjvJsonSchemaValidator();

  constructor(
    private readonly toolMethods: ToolMethods,
    private readonly contentMethods: ContentMethods,
    private readonly completionMethods: CompletionMethods,
    private readonly taskMethods: TaskMethods,
  ) {}

  /**
   * A server for one modern request or one legacy session; each request brings its own caller (`authInfoOf`).
   *
   * @param introducing whether the client will be told who we are; making the instructions for every request would cost
   */
  serverFor({ catalogue, principal }: McpCaller, introducing: boolean): Server {
    const server = new SurfaceServer(SERVER_INFO, {
      capabilities: CAPABILITIES,
      cacheHints: CACHE_HINTS,
      jsonSchemaValidator: this.jsonSchemaValidator,
      ...(introducing && {
        instructions: catalogue.instructions(principal, RequestContext.current().language),
      }),
    });
    this.toolMethods.serve(server);
    this.contentMethods.serve(server);
    this.completionMethods.serve(server);
    this.taskMethods.serve(server);
    return server;
  }
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import express from 'express';
import { AppModule } from './app.module.js';
import { SetupGate } from './auth/index.js';
import { securityHeaders, serveApiDocument, serveStaticPages, strictTransport } from './console/index.js';
import { GatewayEdge } from './gateway/index.js';
import {
  AppError,
  EventBus,
  HttpFront,
  Lifecycle,
  PinoLogger,
  Scrubber,
  contextOf,
  createLogger,
  errorBody,
  isLoopback,
  jsonOnly,
  lockDataDir,
  readConfig,
  type Config,
} from './platform/index.js';

const BODY_LIMIT = '1mb';
/** Time that requests in flight get when the process is asked to stop, ms. */
const GRACE_MS = 30_000;
const LOOPBACK = '127.0.0.1';
/** dist/, seen from dist/app/server/src. */
const DIST = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * Starts everything and prints where it is.
 *
 * @throws {ConfigError} when the environment is wrong
 */
export async function startProduct(environment: NodeJS.ProcessEnv): Promise<void> {
  const config = readConfig(environment);
  const unlock = config.databaseUrl ? () => undefined : lockDataDir(config.dataDir);
  const app = await createApp(config).catch((error: unknown) => {
    unlock();
    throw error;
  });
  const front = new HttpFront(requestListener(app));
  const stop = stopOnce(app, front, unlock);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());
  await open(app, front, config);
}

async function createApp(config: Config): Promise<NestExpressApplication> {
  const scrubber = new Scrubber();
  const logger = new PinoLogger(createLogger(config.logLevel, scrubber));
  const web = express();
  web.disable('x-powered-by');
  web.set('trust proxy', config.trustedProxies.length > 0 ? [...config.trustedProxies] : false);
  web.use(securityHeaders);
  if (config.publicUrl?.startsWith('https:')) web.use(strictTransport);
  serveStaticPages(web, { console: join(DIST, 'admin-ui'), widget: join(DIST, 'widget') });
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.forRoot(config, scrubber),
    new ExpressAdapter(web),
    {
      logger,
      bodyParser: false,
      abortOnError: false,
    },
  );
  app.use(jsonOnly);
  app.useBodyParser('json', { limit: BODY_LIMIT, strict: true });
  serveApiDocument(app);
  await app.init();
  return app;
}

/** `/mcp…` goes to the edge, past the framework; everything else goes to Nest. */
function requestListener(app: NestExpressApplication): (request: IncomingMessage, response: ServerResponse) => void {
  const edge = app.get(GatewayEdge);
  const lifecycle = app.get(Lifecycle);
  const web = app.getHttpAdapter().getInstance();
  return (request, response) => {
    if (lifecycle.current === 'draining') return turnAway(request, response);
    if (edge.owns(request.url ?? '/')) return edge.handle(request, response);
    web(request, response);
  };
}

/** Requests that come on kept-alive connections while we stop: without this, reconnecting streams would hold us up. */
function turnAway(request: IncomingMessage, response: ServerResponse): void {
  const context = contextOf(request, null);
  const body = JSON.stringify(errorBody(new AppError('shutting_down'), context.language, context.requestId));
  response.writeHead(503, { 'Content-Type': 'application/json', 'Retry-After': '5', Connection: 'close' }).end(body);
}

/** Until the owner exists, nobody but this machine can reach the set-up page, whatever host is configured. */
async function open(app: NestExpressApplication, front: HttpFront, config: Config): Promise<void> {
  const setup = app.get(SetupGate);
  const confined = (setup.isRequired()) && !isLoopback(config.host);
  const bound = await front.listen(config.port, confined ? LOOPBACK : config.host);
  app.get(Lifecycle).serve();
  announce(config.publicUrl ?? bound);
  if (setup.isRequired()) console.log(`\n  Create the owner's account (works once):\n  ${setup.link(bound)}\n`);
  if (confined) {
    console.log(`  Listening on ${LOOPBACK} only until that is done; then on ${config.host}.\n`);
    app.get(EventBus).subscribe('setup.completed', async () => announce(await front.move(config.host)));
  }
}

function announce(url: string): void {
  console.log(
    `\n  Gatehouse is ready\n    Console   ${url}/admin/\n    MCP       ${url}/mcp\n    API       ${url}/api/docs\n`,
  );
}

/** Readiness falls, requests in flight finish, streams end, children go. A second signal ends it at once. */
function stopOnce(app: NestExpressApplication, front: HttpFront, unlock: () => void): () => Promise<void> {
  let stopping = false;
  return async () => {
    if (stopping) process.exit(1);
    stopping = true;
    app.get(Lifecycle).drain();
    const closed = front.close(GRACE_MS);
    await app.get(GatewayEdge).close();
    await closed;
    await app.close();
    unlock();
    process.exit(0);
  };
}

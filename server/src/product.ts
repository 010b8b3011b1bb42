import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import express from 'express';
import { AppModule } from './app.module.js';
import { dataHeaders, securityHeaders, serveApiDocument, serveStaticPages } from './console/index.js';
import { GatewayEdge } from './gateway/index.js';
import {
  AppError,
  Lifecycle,
  MemoryWatch,
  OverloadGate,
  PinoLogger,
  Scrubber,
  createLogger,
  retryAfterSeconds,
  isOurHost,
  keepsConnections,
  memoryShort,
  takesCalls,
  turnAway,
  whenClosed,
  type Config,
  type Upgrader,
} from './platform/index.js';

/** dist/, seen from dist/app/server/src. */
const DIST = fileURLToPath(new URL('../../../', import.meta.url));

/** The whole product, ready to be given requests. */
export interface Product {
  app: NestExpressApplication;
  listener: RequestListener;
  /** Absent where nothing but HTTP is spoken. */
  upgrader?: Upgrader;
}

/** Brings everything up, the database included; nothing listens yet. @param logger instead of the process's own */
export async function createProduct(config: Config, logger?: LoggerService | false): Promise<Product> {
  const scrubber = new Scrubber();
  const web = express();
  web.disable('x-powered-by').disable('etag');
  web.set('trust proxy', config.trustedProxies.length > 0 ? [...config.trustedProxies] : false);
  serveStaticPages(web, { console: join(DIST, 'admin-ui'), widget: join(DIST, 'widget') });
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.forRoot(config, scrubber),
    new ExpressAdapter(web),
    {
      logger: logger ?? new PinoLogger(createLogger(config.logLevel, scrubber)),
      bodyParser: false,
      abortOnError: false,
    },
  );
  serveApiDocument(app);
  await app.init();
  return { app, listener: listenerOf(app, config), ...(config.mcpWebSocket && { upgrader: upgraderOf(app) }) };
}

/** `/mcp…` goes to the edge, past the framework; everything else goes to Nest. */
function listenerOf(app: NestExpressApplication, config: Config): RequestListener {
  const edge = app.get(GatewayEdge);
  const lifecycle = app.get(Lifecycle);
  const web = app.getHttpAdapter().getInstance();
  const isHttps = config.publicUrl?.startsWith('https:') ?? false;
  const [ofPages, ofData] = [securityHeaders(isHttps), dataHeaders(isHttps)];
  const gate = new OverloadGate();
  const memory = app.get(MemoryWatch);
  return (request, response) => {
    const { url = '/' } = request;
    const isForEdge = edge.owns(url);
    // Errors included.
    response.setHeaders((isForEdge ? ofData : ofPages) as Map<string, string>);
    if (lifecycle.current === 'draining')
      return turnAway(request, response, new AppError('shutting_down'), { retrySeconds: 5 });
    // Probes come by whatever name the platform has for us, and are told nothing that is worth a rebinding.
    const isProbe = url.startsWith('/health/');
    if (!keepsConnections(memory.level)) response.shouldKeepAlive = false;
    // People at the console have a cookie, and programs have none. Whoever pretends to gets no further than the next check.
    const isPerson = request.headers.cookie !== undefined;
    const isCall = request.method === 'POST' && !isProbe && (!isPerson || isForEdge);
    if (isCall && !takesCalls(memory.level)) return turnAwayShort(request, response);
    const letIn = (): void => {
      // What is only looked at, or listened to, is no work that piles up.
      if (request.method === 'POST') whenClosed(response, gate.take());
      if (isForEdge) return edge.handle(request, response);
      if (!isProbe && !isOurHost(request.headers.host, config))
        return turnAway(request, response, new AppError('host_unknown'));
      web(request, response);
    };
    switch (isProbe ? 'in' : gate.judge(isPerson)) {
      case 'in':
        return letIn();
      case 'wait':
        return whenClosed(
          response,
          gate.wait(letIn, () => turnAwayBusy(request, response)),
        );
      case 'cut':
        request.socket.destroy();
    }
  };
}

/** Only MCP clients change to another protocol. */
function upgraderOf(app: NestExpressApplication): Upgrader {
  const edge = app.get(GatewayEdge);
  const lifecycle = app.get(Lifecycle);
  const memory = app.get(MemoryWatch);
  return (request, socket, head) => {
    if (lifecycle.current === 'draining' || !takesCalls(memory.level)) socket.destroy();
    else edge.upgrade(request, socket, head);
  };
}

/** Tells somebody to come back, without reading what they sent. */
function turnAwayBusy(request: IncomingMessage, response: ServerResponse): void {
  const retrySeconds = 1 + Math.floor(Math.random() * COME_BACK_WITHIN_SECONDS);
  const busy = new AppError('queue_full', { details: { seconds: retrySeconds } });
  turnAway(request, response, busy, { retrySeconds, mayGoOn: true });
}

/** At once: to hold somebody up here would take memory, too. */
function turnAwayShort(request: IncomingMessage, response: ServerResponse): void {
  const error = memoryShort();
  turnAway(request, response, error, { retrySeconds: retryAfterSeconds(error) });
}

/** Whoever was turned away together must not come back together. */
const COME_BACK_WITHIN_SECONDS = 5;

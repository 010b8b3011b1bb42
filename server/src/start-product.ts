import { Logger, type INestApplicationContext } from '@nestjs/common';
import { SetupGate } from './auth/index.js';
import { GatewayEdge } from './gateway/index.js';
import { EventBus, HttpFront, Lifecycle, isLoopback, lockDataDir, readConfig, type Config } from './platform/index.js';
import { createProduct } from './product.js';
import { AppSandbox } from './sandbox/index.js';

/** Time that requests in flight get when the process is asked to stop, ms. */
const GRACE_MS = 30_000;
const LOOPBACK = '127.0.0.1';

type Application = INestApplicationContext;

/**
 * Starts everything and prints where it is.
 *
 * @throws {ConfigError} when the environment is wrong
 */
export async function startProduct(environment: NodeJS.ProcessEnv): Promise<void> {
  const config = readConfig(environment);
  const unlock = config.databaseUrl ? () => undefined : lockDataDir(config.dataDir);
  const { app, listener, upgrader } = await createProduct(config).catch((error: unknown) => {
    unlock();
    throw error;
  });
  endOnWhatNobodyCaught();
  const front = new HttpFront(listener, upgrader);
  const apps = new HttpFront((request, response) => app.get(AppSandbox).handle(request, response));
  const stop = stopOnce(app, [front, apps], unlock);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());
  await openSandbox(app, apps, config);
  await open(app, front, config);
}

/** The second origin, for apps. A port that nobody chose may be somebody else's: then apps are not shown. */
async function openSandbox(app: Application, apps: HttpFront, { apps: settings, host }: Config): Promise<void> {
  if (!settings) return;
  try {
    app.get(AppSandbox).open(await apps.listen(settings.port, host));
  } catch (err) {
    if (!settings.optional) throw err;
    new Logger('Apps').warn({ err, msg: `Port ${settings.port} is taken: apps of services are not shown.` });
  }
}

/** Until the owner exists, nobody but this machine can reach the set-up page, whatever host is configured. */
async function open(app: Application, front: HttpFront, config: Config): Promise<void> {
  const setup = app.get(SetupGate);
  const confined = setup.isRequired() && !isLoopback(config.host);
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

/** A state that nobody foresaw is not worth serving from: it is written down like everything else, and the process ends. */
function endOnWhatNobodyCaught(): void {
  const logger = new Logger('Process');
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (err: unknown) => {
      logger.fatal({ err, msg: event });
      process.exit(1);
    });
  }
}

/** Readiness falls, requests in flight finish, streams end, children go. A second signal ends it at once. */
function stopOnce(app: Application, fronts: readonly HttpFront[], unlock: () => void): () => Promise<void> {
  let stopping = false;
  return async () => {
    if (stopping) process.exit(1);
    stopping = true;
    app.get(Lifecycle).drain();
    const closed = Promise.all(fronts.map((front) => front.close(GRACE_MS)));
    await app.get(GatewayEdge).close();
    await closed;
    await app.close();
    unlock();
    process.exit(0);
  };
}

import { Logger, type INestApplicationContext } from '@nestjs/common';
import { SetupGate } from './auth/index.js';
import { GatewayEdge } from './gateway/index.js';
import { EventBus, HttpFront, Lifecycle, isLoopback, lockDataDir, readConfig, type Config } from './platform/index.js';
import { createProduct } from './product.js';

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
  const { app, listener } = await createProduct(config).catch((error: unknown) => {
    unlock();
    throw error;
  });
  endOnWhatNobodyCaught();
  const front = new HttpFront(listener);
  const stop = stopOnce(app, front, unlock);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());
  await open(app, front, config);
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
function stopOnce(app: Application, front: HttpFront, unlock: () => void): () => Promise<void> {
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

import 'reflect-metadata';
import './platform/config/env-file.js';
import { existsSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { declareGap, verdictText, verifyAudit } from './audit/index.js';
import { ENTITIES } from './entities.js';
import { ConfigError, SecretBox, createDataSource, loadKeyRing, readConfig, type Config } from './platform/index.js';

/*
 * For operators: reads whether the record of calls and administrative changes is what was written, while the product
 * runs or not. Ends with 0 when it is, 1 when it is not, 2 when that could not be found out. It writes only what it is
 * told to acknowledge.
 */

const HELP = `Checks the record of calls and administrative changes.

  --checkpoints <file>  checkpoints that were kept elsewhere (default: the file that this installation writes)
  --node <id>           one chain instead of all
  --from <n> --to <n>   a part of each chain, by number
  --json                the whole verdict as JSON
  --acknowledge <id>    declares first that the end of this chain is lost, as after restoring a backup
  --reason <text>       why; goes with --acknowledge, signed and on the trail`;

const OPTIONS = {
  checkpoints: { type: 'string' },
  node: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  json: { type: 'boolean' },
  acknowledge: { type: 'string' },
  reason: { type: 'string' },
  help: { type: 'boolean' },
} as const;

async function run(config: Config): Promise<number> {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const range = { ...numberFrom('from', values.from), ...numberFrom('to', values.to) };
  if (values.checkpoints !== undefined && !existsSync(values.checkpoints))
    throw new Error(`There is no file ${values.checkpoints}.`);
  if ((values.acknowledge === undefined) !== (values.reason === undefined))
    throw new Error('--acknowledge and --reason go together.');
  const box = new SecretBox(loadKeyRing(config.keyFile, false));
  const file = join(config.dataDir, 'gatehouse.sqlite');
  if (!config.databaseUrl && !existsSync(file)) throw new Error(`There is no database ${file}.`);
  const database = await createDataSource({ ...config, entities: ENTITIES, migrations: [] }).initialize();
  const checkpoints = values.checkpoints ?? config.checkpointFile;
  try {
    if (values.acknowledge !== undefined) {
      const draft = { node: values.acknowledge, reason: values.reason ?? '', by: operator() };
      await declareGap(database, box, checkpoints, draft);
    }
    const verdict = await verifyAudit(database, box, checkpoints, {
      ...range,
      ...(values.node !== undefined && { node: values.node }),
    });
    console.log(values.json ? JSON.stringify(verdict, null, 2) : verdictText(verdict));
    return verdict.isValid ? 0 : 1;
  } finally {
    await database.destroy();
  }
}

/** Who is at the terminal. */
const operator = (): string => `${userInfo().username}@${hostname()}`;

function numberFrom(name: 'from' | 'to', text: string | undefined): { from?: number; to?: number } {
  if (text === undefined) return {};
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new Error(`--${name} is the number of an entry, from 1.`);
  return { [name]: Number(text) };
}

try {
  process.exitCode = await run(readConfig(process.env));
} catch (error) {
  console.error(error instanceof ConfigError || error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

import type { DataSource, QueryRunner } from 'typeorm';
import type { SecretBox } from '../../platform/index.js';
import { CheckpointFile } from '../chain/checkpoint-file.js';
import { ChainVerifier, type Verdict, type VerifyOptions } from './chain-verifier.js';

/** Checks the record of a database over a connection that cannot write. @param checkpointFile may be missing */
export async function verifyAudit(
  database: DataSource,
  box: SecretBox,
  checkpointFile: string,
  options: Omit<VerifyOptions, 'checkpoints'> = {},
): Promise<Verdict> {
  const runner = database.createQueryRunner();
  try {
    await forbidWriting(runner, database);
    const verifier = new ChainVerifier((sql, parameters) => runner.query(sql, parameters), box);
    return await verifier.verify({ ...options, checkpoints: new CheckpointFile(checkpointFile) });
  } finally {
    await runner.release();
  }
}

const forbidWriting = (runner: QueryRunner, { options }: DataSource): Promise<unknown> =>
  runner.query(options.type === 'mariadb' ? 'SET SESSION TRANSACTION READ ONLY' : 'PRAGMA query_only = 1');

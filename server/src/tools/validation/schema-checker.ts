import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { AppError, contentHash } from '../../platform/index.js';
import { CheckPool } from './check-pool.js';
import { CheckAborted, ThreadMissing } from './guarded-worker.js';
import { isHarmless } from './harmless-schema.js';
import { sizeObjection, type Schema } from './schema-limits.js';
import type { CheckVerdict } from './schema-worker.js';

/** How values are checked against a schema: here, in a guarded thread, or not at all. */
type Checker = { kind: 'here'; validate: ValidateFunction } | { kind: 'thread' } | { kind: 'unusable'; reason: string };

const MAX_CHECKERS = 5_000;
/** A schema that could not be compiled in time is tried again after this, ms: the machine may have been at fault. */
const SECOND_CHANCE_MS = 60_000;

/**
 * Checks values against the schemas of services.
 *
 * A schema is a program that a stranger wrote. It is compiled in a guarded thread first. Only one that cannot be expensive
 * whatever the value (`isHarmless`) is then also compiled here, once per definition; all others are run in the thread.
 */
@Injectable()
export class SchemaChecker implements OnApplicationShutdown {
  private readonly pool = new CheckPool();
  /** By hash. */
  private readonly checkers = new Map<string, Promise<Checker>>();

  async onApplicationShutdown(): Promise<void> {
    await this.pool.stop();
  }

  /**
   * `unusable`: the schema itself, or this value with it, cannot be checked.
   *
   * @throws {AppError} `queue_full`
   */
  async check(schema: Schema, value: unknown): Promise<CheckVerdict> {
    const checker = await this.checkerOf(schema);
    switch (checker.kind) {
      case 'here':
        return checker.validate(value)
          ? { kind: 'valid' }
          : { kind: 'invalid', errors: [...(checker.validate.errors ?? [])] };
      case 'thread':
        return this.inThread(schema, { value });
      case 'unusable':
        return checker;
    }
  }

  /**
   * Compiles a schema, so that it is known before anything depends on it whether it can be used.
   *
   * @returns why nothing can be checked against it; undefined when something can
   * @throws {AppError} `queue_full`
   */
  async objectionTo(schema: Schema): Promise<string | undefined> {
    const checker = await this.checkerOf(schema);
    return checker.kind === 'unusable' ? checker.reason : undefined;
  }

  private checkerOf(schema: Schema): Promise<Checker> {
    const hash = contentHash(schema);
    const known = this.checkers.get(hash);
    if (known) return known;
    const checker = this.prepare(schema);
    // A full queue says nothing about the schema: the next caller tries again.
    checker.catch(() => this.checkers.delete(hash));
    const oldest = this.checkers.keys().next();
    if (this.checkers.size >= MAX_CHECKERS && !oldest.done) this.checkers.delete(oldest.value);
    this.checkers.set(hash, checker);
    return checker;
  }

  private async prepare(schema: Schema): Promise<Checker> {
    const objection = sizeObjection(schema);
    if (objection) return { kind: 'unusable', reason: objection };
    const verdict = await this.inThread(schema, undefined);
    if (verdict.kind === 'unusable') {
      if (verdict.aborted) setTimeout(() => this.checkers.delete(contentHash(schema)), SECOND_CHANCE_MS).unref();
      return { kind: 'unusable', reason: verdict.reason };
    }
    return isHarmless(schema) ? { kind: 'here', validate: compileHere(schema) } : { kind: 'thread' };
  }

  /** A thread that had to be ended is a verdict too: this schema, or this value with it, cannot be checked. */
  private async inThread(
    schema: Schema,
    check: { value: unknown } | undefined,
  ): Promise<CheckVerdict & { aborted?: true }> {
    try {
      return await this.pool.run({ hash: contentHash(schema), schema, check });
    } catch (error) {
      if (error instanceof CheckAborted) return { kind: 'unusable', reason: ABORTED[error.reason], aborted: true };
      if (error instanceof ThreadMissing) throw new AppError('queue_full', { details: { seconds: 5 }, cause: error });
      throw error;
    }
  }
}

const ABORTED = { deadline: 'checking takes too long', crashed: 'checking takes too much memory' } as const;

/** For schemas that passed the thread and `isHarmless`. */
function compileHere(schema: Schema): ValidateFunction {
  const { $schema: _, ...body } = schema;
  return new Ajv2020({ strict: false, validateSchema: false, ownProperties: true, logger: false }).compile(body);
}

import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { AppError, RequestContext } from '../../platform/index.js';
import { CheckPool } from './check-pool.js';
import { fieldProblems } from './field-problems.js';
import { CheckAborted } from './guarded-worker.js';
import { isHarmless } from './harmless-schema.js';
import { sizeObjection, type Schema } from './schema-limits.js';
import type { CheckVerdict } from './schema-worker.js';

/** The part of a tool that its arguments are checked against. */
export interface CheckedTool {
  readonly name: string;
  readonly inputSchema: Schema;
  /** `schemaHash` of the input schema. */
  readonly schemaHash: string;
}

/** How arguments for a schema are checked: here, in a guarded thread, or not at all. */
type Checker = { kind: 'here'; validate: ValidateFunction } | { kind: 'thread' } | { kind: 'unusable'; cause: string };

const MAX_CHECKERS = 5_000;
/** A schema that could not be compiled in time is tried again after this, ms: the machine may have been at fault. */
const SECOND_CHANCE_MS = 60_000;

/**
 * Checks arguments against a tool's input schema before anything is sent.
 *
 * A schema is a program that a stranger wrote. It is compiled in a guarded thread first. Only one that cannot be expensive
 * whatever the value (`isHarmless`) is then also compiled here, once per definition; all others are run in the thread.
 */
@Injectable()
export class ArgumentValidator implements OnApplicationShutdown {
  private readonly pool = new CheckPool();
  private readonly checkers = new Map<string, Promise<Checker>>();

  async onApplicationShutdown(): Promise<void> {
    await this.pool.stop();
  }

  /**
   * @throws {AppError} `arguments_invalid` with the fields · `tool_schema_unusable` · `queue_full`
   */
  async check(tool: CheckedTool, args: unknown): Promise<void> {
    const checker = await this.checkerOf(tool);
    const errors = await this.errorsOf(tool, checker, args);
    if (errors.length === 0) return;
    throw new AppError('arguments_invalid', { fields: fieldProblems(errors, RequestContext.current().language) });
  }

  private async errorsOf(tool: CheckedTool, checker: Checker, args: unknown): Promise<readonly ErrorObject[]> {
    switch (checker.kind) {
      case 'here':
        return checker.validate(args) ? [] : (checker.validate.errors ?? []);
      case 'thread':
        return this.errorsFromThread(tool, args);
      case 'unusable':
        throw unusable(tool, checker.cause);
    }
  }

  private async errorsFromThread(tool: CheckedTool, value: unknown): Promise<readonly ErrorObject[]> {
    const verdict = await this.inThread(tool, { value });
    switch (verdict.kind) {
      case 'valid':
        return [];
      case 'invalid':
        return verdict.errors;
      case 'unusable':
        throw unusable(tool, verdict.reason);
    }
  }

  private checkerOf(tool: CheckedTool): Promise<Checker> {
    const known = this.checkers.get(tool.schemaHash);
    if (known) return known;
    const checker = this.prepare(tool);
    // A full queue says nothing about the schema: the next caller tries again.
    checker.catch(() => this.checkers.delete(tool.schemaHash));
    const oldest = this.checkers.keys().next();
    if (this.checkers.size >= MAX_CHECKERS && !oldest.done) this.checkers.delete(oldest.value);
    this.checkers.set(tool.schemaHash, checker);
    return checker;
  }

  private async prepare(tool: CheckedTool): Promise<Checker> {
    const objection = sizeObjection(tool.inputSchema);
    if (objection) return { kind: 'unusable', cause: objection };
    const verdict = await this.inThread(tool, undefined);
    if (verdict.kind === 'unusable') {
      if (verdict.aborted) setTimeout(() => this.checkers.delete(tool.schemaHash), SECOND_CHANCE_MS).unref();
      return { kind: 'unusable', cause: verdict.reason };
    }
    return isHarmless(tool.inputSchema)
      ? { kind: 'here', validate: compileHere(tool.inputSchema) }
      : { kind: 'thread' };
  }

  /** A thread that had to be ended is a verdict too: this schema, or this value with it, cannot be checked. */
  private async inThread(
    { schemaHash, inputSchema }: CheckedTool,
    check: { value: unknown } | undefined,
  ): Promise<CheckVerdict & { aborted?: true }> {
    try {
      return await this.pool.run({ hash: schemaHash, schema: inputSchema, check });
    } catch (error) {
      if (error instanceof CheckAborted) return { kind: 'unusable', reason: ABORTED[error.reason], aborted: true };
      throw error;
    }
  }
}

const ABORTED = { deadline: 'checking them takes too long', crashed: 'checking them takes too much memory' } as const;

/** For schemas that passed the thread and `isHarmless`. */
function compileHere(schema: Schema): ValidateFunction {
  const { $schema: _, ...body } = schema;
  return new Ajv2020({ strict: false, validateSchema: false, ownProperties: true, logger: false }).compile(body);
}

const unusable = (tool: CheckedTool, cause: string): AppError =>
  new AppError('tool_schema_unusable', { details: { tool: tool.name, cause } });

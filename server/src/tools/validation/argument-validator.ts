import { Injectable } from '@nestjs/common';
import { AppError, RequestContext } from '../../platform/index.js';
import { fieldProblems } from './field-problems.js';
import { SchemaChecker } from './schema-checker.js';
import type { Schema } from './schema-limits.js';

/** The part of a tool that its arguments are checked against. */
export interface CheckedTool {
  readonly name: string;
  readonly inputSchema: Schema;
}

/** Checks arguments against a tool's input schema before anything is sent. */
@Injectable()
export class ArgumentValidator {
  constructor(private readonly checker: SchemaChecker) {}

  /**
   * @throws {AppError} `arguments_invalid` with the fields · `tool_schema_unusable` · `queue_full`
   */
  async check({ name, inputSchema }: CheckedTool, args: unknown): Promise<void> {
    const verdict = await this.checker.check(inputSchema, args);
    if (verdict.kind === 'valid') return;
    if (verdict.kind === 'unusable')
      throw new AppError('tool_schema_unusable', { details: { tool: name, cause: verdict.reason } });
    const { language } = RequestContext.current();
    throw new AppError('arguments_invalid', { fields: fieldProblems('arguments', verdict.errors, language) });
  }
}

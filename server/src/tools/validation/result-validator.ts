import { Injectable } from '@nestjs/common';
import type { CallToolResult } from '@modelcontextprotocol/server';
import { AppError, RequestContext } from '../../platform/index.js';
import { withoutTerminalControl } from '../path/plain-text.js';
import { fieldProblems } from './field-problems.js';
import { SchemaChecker } from './schema-checker.js';
import type { Schema } from './schema-limits.js';

/** A tool that says how its results look. */
export interface PromisingTool {
  readonly name: string;
  readonly outputSchema: Schema;
}

export const isPromising = <T extends { outputSchema?: Schema }>(tool: T): tool is T & { outputSchema: Schema } =>
  tool.outputSchema !== undefined;

const MOST_PROBLEMS = 3;
const LONGEST_WORDS = 200;

/**
 * Checks what a tool answered against the output schema that it declares itself.
 *
 * Once there is an answer, the work is done: whatever is wrong with it, or with the checking, is then an error that does not
 * invite to call again.
 *
 * Source: MCP 2025-11-25 and 2026-07-28, server/tools, Output Schema.
 */
@Injectable()
export class ResultValidator {
  constructor(private readonly checker: SchemaChecker) {}

  /**
   * Refuses a tool whose answers could not be checked, while nothing was sent yet.
   *
   * @throws {AppError} `tool_schema_unusable` · `queue_full`
   */
  async prepare({ name, outputSchema }: PromisingTool): Promise<void> {
    const objection = await this.checker.objectionTo(outputSchema);
    if (objection === undefined) return;
    throw new AppError('tool_schema_unusable', { details: { tool: name, cause: `output schema: ${objection}` } });
  }

  /**
   * A failure of the tool itself is not checked.
   *
   * @throws {AppError} `tool_result_invalid`
   */
  async check(tool: PromisingTool, result: CallToolResult): Promise<void> {
    if (result.isError === true) return;
    const { structuredContent } = result;
    if (structuredContent === undefined) throw invalid(tool, 'structuredContent is missing');
    const verdict = await this.checker.check(tool.outputSchema, structuredContent).catch(notChecked);
    if (verdict.kind === 'valid') return;
    if (verdict.kind === 'unusable') throw invalid(tool, verdict.reason);
    const problems = fieldProblems('structuredContent', verdict.errors, RequestContext.current().language);
    const first = problems.slice(0, MOST_PROBLEMS);
    throw invalid(tool, first.map(({ path, message }) => `${shown(path)} ${shown(message)}`).join('; '));
  }
}

/** Names in an answer, and values in a schema, are what a stranger likes, and as long. */
function shown(text: string): string {
  const plain = withoutTerminalControl(text);
  return plain.length > LONGEST_WORDS ? `${plain.slice(0, LONGEST_WORDS).toWellFormed()}…` : plain;
}

/** Too much waits to be checked. To say so in the usual way would be to ask for the same call again. */
function notChecked(error: unknown): { kind: 'unusable'; reason: string } {
  if (!(error instanceof AppError)) throw error;
  return { kind: 'unusable', reason: 'too many answers wait to be checked' };
}

const invalid = ({ name }: PromisingTool, cause: string): AppError =>
  new AppError('tool_result_invalid', { details: { tool: name, cause } });

import { Injectable } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { AppError, RequestContext, validationPipe } from '../../platform/index.js';
import type { Author } from '../author.js';
import type { ServiceDefinition } from '../definition.js';
import { masked } from '../draft/credentials.js';
import { DraftReader } from '../draft/draft-reader.js';
import { ServiceRegistrar } from '../registry/service-registrar.js';
import { ServiceDraft } from '../service.dto.js';
import type { ImportChoice, ImportEntry, ImportPreview, ImportProblem } from './import.dto.js';
import { positionsIn, type Position } from './positions.js';
import { PROBLEMS, isError, problemText, type Problem } from './problems.js';
import { recognise, type RecognisedEntry } from './recognise.js';

export interface Imported {
  readonly key: string;
  /** What became of the entry: a service, or why there is none. */
  readonly outcome: ServiceDefinition | AppError;
}

/** Turns pasted text into services: first a look without any effect, then those that were chosen. */
@Injectable()
export class Importer {
  private readonly pipe = validationPipe();

  constructor(
    private readonly drafts: DraftReader,
    private readonly registrar: ServiceRegistrar,
  ) {}

  /** Says what was understood, and what importing it would be refused for. Stores, contacts and starts nothing. */
  async preview(text: string, author: Author): Promise<ImportPreview> {
    const { entries, problems } = recognise(text);
    const at = positionsIn(text);
    return {
      entries: await Promise.all(entries.map((entry) => this.entryView(entry, at, author))),
      problems: problems.map((each) => problemView(each, at)),
    };
  }

  /** Registers the chosen entries one by one; one that fails does not keep the others back. */
  async import(text: string, choices: readonly ImportChoice[], author: Author): Promise<Imported[]> {
    const entries = new Map(recognise(text).entries.map((entry) => [entry.key, entry]));
    const imported: Imported[] = [];
    for (const choice of choices) {
      const outcome = await this.register(entries.get(choice.key), choice, author).catch(asAppError);
      imported.push({ key: choice.key, outcome });
    }
    return imported;
  }

  private async register(
    entry: RecognisedEntry | undefined,
    choice: ImportChoice,
    author: Author,
  ): Promise<ServiceDefinition> {
    if (!entry?.draft || entry.problems.some(isError)) throw new AppError('import_unreadable');
    const { key: _, ...changes } = choice;
    return this.registrar.create(await this.checked({ ...entry.draft, ...changes }), author);
  }

  private async entryView(
    entry: RecognisedEntry,
    at: (offset: number) => Position,
    author: Author,
  ): Promise<ImportEntry> {
    const { key, name, draft, secrets } = entry;
    const problems = entry.problems.map((each) => problemView(each, at));
    const refusals = draft && !entry.problems.some(isError) ? await this.refusals(draft, author) : [];
    return {
      key,
      name,
      draft: draft && { ...draft, auth: { credentials: masked(draft.auth?.credentials ?? []) } },
      secrets: secrets.map((each) => ({ ...each })),
      problems: [...problems, ...refusals.map((refusal) => ({ ...refusal, ...at(entry.offset) }))],
    };
  }

  private async refusals(draft: ServiceDraft, author: Author): Promise<Omit<ImportProblem, 'line' | 'column'>[]> {
    try {
      this.drafts.create(await this.checked(draft), author);
      return [];
    } catch (error) {
      const refusal = asAppError(error);
      const messages = refusal.fields?.map(({ path, message }) => `${path}: ${message}`);
      const whole = refusal.text(RequestContext.current().language).message;
      return (messages ?? [whole]).map((message) => ({ severity: 'error', code: refusal.code, message }));
    }
  }

  /** The same check that the draft would pass as the body of a request. */
  private async checked(draft: ServiceDraft): Promise<ServiceDraft> {
    const plain = plainToInstance(ServiceDraft, draft);
    return (await this.pipe.transform(plain, { type: 'body', metatype: ServiceDraft })) as ServiceDraft;
  }
}

const problemView = (each: Problem, at: (offset: number) => Position): ImportProblem => ({
  severity: PROBLEMS[each.code].severity,
  code: each.code,
  message: problemText(each, RequestContext.current().language),
  ...at(each.offset),
});

function asAppError(error: unknown): AppError {
  if (error instanceof AppError && error.family !== 'ours') return error;
  throw error;
}

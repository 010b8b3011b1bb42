import { Injectable } from '@nestjs/common';
import type { GetPromptResult } from '@modelcontextprotocol/server';
import { ClientManager } from '../clients/index.js';
import { AppError } from '../platform/index.js';
import { ServiceDirectory } from '../services/index.js';
import { CallPath, MAX_LABEL_LENGTH, type Answered, type CallOrigin } from '../tools/index.js';
import { PromptDirectory } from './prompt-directory.js';

export interface PromptCall extends CallOrigin {
  /** Id or slug. */
  readonly serviceId: string;
  /** The prompt's own name, exact and case-sensitive. */
  readonly name: string;
  readonly arguments: Record<string, string>;
}

/** Gets prompts filled in. A get takes the same path as a tool call, and is on record like one. */
@Injectable()
export class PromptGetter {
  constructor(
    private readonly services: ServiceDirectory,
    private readonly directory: PromptDirectory,
    private readonly path: CallPath,
    private readonly clients: ClientManager,
  ) {}

  /** @throws {AppError} `not_found` for what does not exist or is not the caller's · what `CallPath.run` throws */
  async get(request: PromptCall): Promise<Answered<GetPromptResult>> {
    const service = this.services.find(request.serviceId);
    if (!service) throw new AppError('not_found');
    const prompt = this.directory.of(service.id).find(({ name }) => name === request.name);
    return this.path.run({
      origin: request,
      service,
      label: labelOfPrompt(request.name),
      arguments: request.arguments,
      action: 'use',
      object: { serviceId: service.id, want: 'content' },
      exists: prompt !== undefined,
      hidden: () => new AppError('not_found'),
      send: (dispatch) => this.clients.getPrompt(service.id, request.name, request.arguments, dispatch),
    });
  }
}

/** How the record names the getting of a prompt. */
export const labelOfPrompt = (name: string): string => `prompt:${name}`.slice(0, MAX_LABEL_LENGTH);

import { Injectable } from '@nestjs/common';
import type { CompleteRequest, CompleteResult, Server } from '@modelcontextprotocol/server';
import type { CallContext } from '../call-context.js';
import { ClientManager, type CompletionRef } from '../../clients/index.js';
import { Turnstile, TurnedAway } from '../../limits/index.js';
import { AppError } from '../../platform/index.js';
import { CapabilityStore, ServiceDirectory, mayCallFromHere, type ServiceDefinition } from '../../services/index.js';
import { ContentAccess } from '../../tools/index.js';
import { callerOf } from '../caller.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import { answering } from './method-handler.js';
import { originOf } from './origin.js';

const TIMEOUT_MS = 10_000;
const PER_USER = { seats: 4, queue: 20, waitMs: 5_000 };
const NOTHING: CompleteResult = { completion: { values: [], hasMore: false } };

/** What is asked about, at the service that knows the answer. */
interface Subject {
  readonly service: ServiceDefinition;
  readonly ref: CompletionRef;
}

/** `completion/complete`: asked at every keystroke, changes nothing, and is therefore bounded but not on record. */
@Injectable()
export class CompletionMethods {
  private readonly share = new Turnstile(PER_USER);

  constructor(
    private readonly services: ServiceDirectory,
    private readonly capabilities: CapabilityStore,
    private readonly content: ContentAccess,
    private readonly clients: ClientManager,
  ) {}

  serve(server: Server): void {
    server.setRequestHandler(
      'completion/complete',
      answering((params: CompleteRequest['params'], context) => this.complete(params, context)),
    );
  }

  private async complete({ ref, argument }: CompleteRequest['params'], context: CallContext): Promise<CompleteResult> {
    const { principal, signal } = originOf(context);
    const { catalogue } = callerOf(context);
    const subject = ref.type === 'ref/prompt' ? promptOf(catalogue, ref.name) : this.resourceOf(catalogue, ref.uri);
    if (!subject || !this.content.isAllowed(principal, subject.service, catalogue.via)) throw new AppError('not_found');
    if (!mayCallFromHere(subject.service)) throw new AppError('not_found');
    if (this.capabilities.load(subject.service.id)?.supports?.completions === false) return NOTHING;
    const leave = await this.seat(principal.userId, signal);
    try {
      const { userId, actor } = principal;
      const options = { timeoutMs: TIMEOUT_MS, ...(!actor && { userId }), ...(signal && { signal }) };
      const { completion } = await this.clients.complete(subject.service.id, subject.ref, argument, options);
      return { completion };
    } finally {
      leave();
    }
  }

  private resourceOf({ addresses }: Catalogue, publicUri: string): Subject | undefined {
    const address = addresses.fromPublic(publicUri);
    const service = address && this.services.find(address.slug);
    return service && { service, ref: { type: 'ref/resource', uri: address.uri } };
  }

  private async seat(userId: string, signal: AbortSignal | undefined): Promise<() => void> {
    try {
      return await this.share.enter(userId, signal);
    } catch (error) {
      throw error instanceof TurnedAway ? new AppError('too_many_calls', { details: { seconds: 1 } }) : error;
    }
  }
}

function promptOf(catalogue: Catalogue, name: string): Subject | undefined {
  const offered = catalogue.prompt(name);
  return (
    offered && { service: offered.prompt.service, ref: { type: 'ref/prompt', name: offered.prompt.definition.name } }
  );
}

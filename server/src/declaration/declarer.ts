import { Injectable, Logger } from '@nestjs/common';
import { Counter } from 'prom-client';
import { AccountDeclarations, AccountDirectory } from '../auth/index.js';
import { LimitRegistrar, limitNumbersOf, type LimitSubject } from '../limits/index.js';
import { LlmProviderRegistrar } from '../llm/index.js';
import { AppError, ConfigError, Metrics } from '../platform/index.js';
import { GrantRegistrar, INSTALLATION, ServiceDirectory, ServiceRegistrar, ToolPolicies } from '../services/index.js';
import type { DeclaredGrant, DeclaredLimit, DeclaredTool } from './declaration-file.js';
import { DriftBook, type DeclaredKind } from './drift-book.js';
import { limitKey } from './limit-key.js';
import type { Declaration } from './read-declaration.js';

type Outcome = 'created' | 'updated' | 'unchanged';

/** One part of the file, and how to make the installation agree with it. */
interface Step {
  readonly kind: DeclaredKind;
  readonly key: string;
  readonly path: string;
  readonly item: unknown;
  readonly declare: () => Promise<Outcome>;
}

/** How many things were as declared already, were made, were changed, and of those had been changed by hand. */
export interface Summary {
  created: number;
  updated: number;
  unchanged: number;
  drifted: number;
}

/**
 * Makes the installation agree with a declaration. Applying the same one twice changes nothing; what it does not
 * mention is left alone, nothing is deleted.
 */
@Injectable()
export class Declarer {
  private readonly logger = new Logger('Declaration');
  private readonly drift: Counter<'kind'>;

  constructor(
    private readonly accounts: AccountDeclarations,
    private readonly directory: AccountDirectory,
    private readonly services: ServiceRegistrar,
    private readonly policies: ToolPolicies,
    private readonly known: ServiceDirectory,
    private readonly grants: GrantRegistrar,
    private readonly limits: LimitRegistrar,
    private readonly providers: LlmProviderRegistrar,
    private readonly book: DriftBook,
    metrics: Metrics,
  ) {
    this.drift = new Counter({
      name: 'gatehouse_declaration_drift_total',
      help: 'Declared things that had been changed by hand and were set back',
      labelNames: ['kind'],
      registers: [metrics.registry],
    });
  }

  /** @throws {ConfigError} naming the line of the first part that is refused; what stands before it is applied */
  async apply(declaration: Declaration): Promise<Summary> {
    const summary: Summary = { created: 0, updated: 0, unchanged: 0, drifted: 0 };
    for (const step of this.steps(declaration)) await this.take(step, declaration, summary);
    return summary;
  }

  private async take(step: Step, declaration: Declaration, summary: Summary): Promise<void> {
    const { kind, key, path, item } = step;
    const outcome = await step.declare().catch((error: unknown) => refuse(error, declaration, path));
    summary[outcome] += 1;
    const known = await this.book.isSameAsLastTime(kind, key, item);
    if (known && outcome !== 'unchanged') {
      summary.drifted += 1;
      this.drift.inc({ kind });
      this.logger.warn({ kind, key, msg: `The ${kind} ${key} had been changed by hand and is as declared again.` });
    }
    if (!known) await this.book.remember(kind, key, item);
  }

  /** In the order in which one needs the other. */
  private *steps({ content }: Declaration): Iterable<Step> {
    for (const [index, item] of (content.groups ?? []).entries()) {
      const declare = (): Promise<Outcome> => this.accounts.group(item);
      yield { kind: 'group', key: item.name, path: `groups.${index}`, item, declare };
    }
    for (const [index, item] of (content.users ?? []).entries()) {
      const declare = (): Promise<Outcome> => this.accounts.user(item);
      yield { kind: 'user', key: item.email.toLowerCase(), path: `users.${index}`, item, declare };
    }
    for (const [index, { tools = [], ...item }] of (content.services ?? []).entries()) {
      const path = `services.${index}`;
      yield { kind: 'service', key: item.slug, path, item, declare: () => this.services.declare(item) };
      for (const [at, tool] of tools.entries()) yield this.toolStep(item.slug, tool, `${path}.tools.${at}`);
    }
    for (const [index, item] of (content.grants ?? []).entries()) {
      const declare = (): Promise<Outcome> => this.grants.declare(this.grantDraft(item));
      yield { kind: 'grant', key: keyOf(item), path: `grants.${index}`, item, declare };
    }
    for (const [index, item] of (content.limits ?? []).entries()) {
      const declare = async (): Promise<Outcome> => this.limits.declare(this.limitSubject(item), limitNumbersOf(item));
      yield { kind: 'limit', key: limitKey(item), path: `limits.${index}`, item, declare };
    }
    for (const [index, item] of (content.llm?.providers ?? []).entries()) {
      const declare = (): Promise<Outcome> => this.providers.declare(item);
      yield { kind: 'llm-provider', key: item.name, path: `llm.providers.${index}`, item, declare };
    }
    for (const [index, item] of (content.embed?.apps ?? []).entries()) {
      const declare = (): Promise<Outcome> => this.accounts.embedApp(item);
      yield { kind: 'embed-app', key: item.name, path: `embed.apps.${index}`, item, declare };
    }
  }

  private toolStep(slug: string, item: DeclaredTool, path: string): Step {
    const { name, ...policy } = item;
    const declare = (): Promise<Outcome> => this.policies.declare(slug, name, policy, INSTALLATION);
    return { kind: 'tool', key: `${slug} ${name}`, path, item, declare };
  }

  private grantDraft({
    service,
    group,
    user,
    tool,
    effect = 'allow',
  }: DeclaredGrant): Parameters<GrantRegistrar['declare']>[0] {
    return { serviceId: service, subject: this.subjectOf(group, user), effect, ...(tool !== undefined && { tool }) };
  }

  /** @throws {AppError} `validation_failed` for a name of nothing */
  private limitSubject({ group, user, service, tool }: DeclaredLimit): LimitSubject {
    if (group !== undefined) return { kind: 'group', id: idOf('group', this.directory.findGroup(group)) };
    if (user !== undefined) return { kind: 'user', id: idOf('user', this.directory.findUser(user)) };
    if (service === undefined) return { kind: 'everyone' };
    const id = idOf('service', this.known.find(service));
    return tool === undefined ? { kind: 'service', id } : { kind: 'tool', id, tool };
  }

  private subjectOf(
    group: string | undefined,
    user: string | undefined,
  ): { kind: 'everyone' | 'group' | 'user'; id?: string } {
    if (group !== undefined) return { kind: 'group', id: this.directory.findGroup(group)?.id ?? group };
    if (user !== undefined) return { kind: 'user', id: this.directory.findUser(user)?.id ?? user };
    return { kind: 'everyone' };
  }
}

const keyOf = ({ service, group, user, tool, effect = 'allow' }: DeclaredGrant): string =>
  [effect, user ?? group ?? 'everyone', service, tool ?? '*'].join(' ').slice(0, 254);

function idOf(path: string, found: { readonly id: string } | undefined): string {
  if (found) return found.id;
  throw new AppError('validation_failed', { fields: [{ path, message: 'names nothing that exists' }] });
}

/** What a part is refused for is a mistake in the file, and is said with its line. */
function refuse(error: unknown, declaration: Declaration, path: string): never {
  if (!(error instanceof AppError) || error.family === 'ours') throw error;
  const { message, remedy } = error.text('en');
  const fields = error.fields?.map((field) => `${declaration.at(`${path}.${field.path}`)} ${field.message}`);
  throw new ConfigError(fields ?? [`${declaration.at(path)} ${message} ${remedy}`]);
}

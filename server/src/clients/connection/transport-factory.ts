import { SSEClientTransport, type Transport } from '@modelcontextprotocol/client';
import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { AppError, type Egress, type EgressRules, type Outlet, type PackagePolicy } from '../../platform/index.js';
import {
  fetchesPackages,
  type CommandPin,
  type ServiceDefinition,
  type UpstreamTransport,
} from '../../services/index.js';
import { CommandNotFound } from '../errors/upstream-failures.js';
import { LIMITS } from '../limits.js';
import { CommandRoom } from '../manager/command-room.js';
import { PinReader, isSamePin } from '../pin/pin-reader.js';
import type { Started } from '../pin/what-runs.js';
import { boundedFetch } from '../transports/bounded-fetch.js';
import { childEnvironment } from '../transports/child-environment.js';
import { findCommand } from '../transports/command-path.js';
import { HttpTransport, type HttpSettings } from '../transports/http-transport.js';
import type { Sandbox } from '../transports/sandbox.js';
import { StdioTransport } from '../transports/stdio-transport.js';
import { WebSocketTransport } from '../transports/websocket-transport.js';

/** The part of a definition that says how to reach the service. */
export type Target = Pick<ServiceDefinition, 'name' | 'type' | 'url' | 'config' | 'credentials'>;

/** How services of type stdio may run; see `GATEHOUSE_STDIO`. */
export type StdioPolicy = 'sandbox' | 'unsandboxed' | 'off';

/** What the operator allows of local commands: how they run, and which programs they may be. */
export interface StdioRules {
  readonly run: StdioPolicy;
  readonly packages: PackagePolicy;
}

/** Makes a transport from settings. Nothing is connected and no process runs before it is started. */
export class TransportFactory {
  constructor(
    private readonly egress: Pick<Egress, 'fetch' | 'post' | 'checkUrl' | 'agentFor' | 'within'>,
    private readonly sandbox: Sandbox,
    private readonly rules: StdioRules,
    private readonly environment: Readonly<Record<string, string | undefined>> = process.env,
    readonly room = new CommandRoom(),
    private readonly pins = new PinReader(),
  ) {}

  /** @param onResponse called when an HTTP service answered anything at all */
  http(target: Target, kind: 'streamable-http' | 'sse', onResponse: () => void): Transport {
    const url = urlOf(target);
    const rules = rulesOf(target);
    const outlet = rules && this.egress.within(rules);
    const egress = outlet ?? this.egress;
    egress.checkUrl(url);
    const settings = { url, headers: headersOf(target), maxBytes: LIMITS.messageBytes, onResponse };
    const transport = kind === 'sse' ? sseTransport(egress, settings) : new HttpTransport(egress, settings);
    return outlet ? closing(transport, outlet) : transport;
  }

  websocket(target: Target): WebSocketTransport {
    const rules = rulesOf(target);
    return new WebSocketTransport(urlOf(target), headersOf(target), rules ? this.egress.within(rules) : this.egress);
  }

  /**
   * A transport whose start starts the command, if it is allowed and, where it is pinned, what runs is what was pinned.
   *
   * @throws {AppError} `stdio_not_allowed`, `command_fetches_packages`, `command_not_pinned`
   * @throws {CommandNotFound}
   */
  async stdio(target: Target): Promise<StdioTransport> {
    const sandboxed = await this.isSandboxed();
    const { file, cwd, env } = await this.commandOf(target);
    const command = { file, args: target.config.args ?? [] };
    const admission = this.admissionOf(target, { ...command, cwd });
    const settings = { command: sandboxed ? this.sandbox.wrap(command, cwd) : command, cwd, env, admission };
    return this.room.admit(new StdioTransport(settings));
  }

  /**
   * What the service's command would run now.
   *
   * @throws {CommandNotFound}
   * @throws {AppError} `command_fetches_packages`, whatever is allowed: of what is fetched later, a pin says nothing
   * @throws {Unpinnable}
   */
  async pinOf(target: Target): Promise<CommandPin> {
    const { file, cwd } = await this.commandOf(target);
    await refuseFetching(target, file, cwd);
    return this.pins.read({ file, args: target.config.args ?? [], cwd });
  }

  /**
   * Where the service's command is on this machine. What a service says was checked when it was saved, but maybe under
   * other rules, and without a look at where links lead: here it counts.
   *
   * @throws {CommandNotFound}
   * @throws {AppError} `command_fetches_packages`
   */
  async commandOf(target: Target): Promise<{ file: string; cwd: string; env: Record<string, string> }> {
    const cwd = target.config.cwd ?? (existsSync(homedir()) ? homedir() : tmpdir());
    if (!existsSync(cwd)) throw new CommandNotFound(`folder not found: ${cwd}`);
    const env = childEnvironment(this.environment, { ...target.config.env, ...valuesFor(target, 'env') });
    const file = await findCommand(target.config.command ?? '', env.PATH ?? '', cwd);
    if (this.rules.packages !== 'fetch') await refuseFetching(target, file, cwd);
    return { file, cwd, env };
  }

  /**
   * Compares what a pinned command runs with its pin, as the last thing before the process. A moment remains: whoever can
   * write to the folder may change a file between its being read here and its being loaded, and a program loads files
   * for as long as it runs. A folder that the command's user cannot write to closes it.
   *
   * @throws {AppError} `command_not_pinned`, where nothing else is allowed
   */
  private admissionOf({ name, config: { pin } }: Target, started: Started): (() => Promise<void>) | undefined {
    const details = { service: name };
    if (!pin && this.rules.packages === 'pinned') throw new AppError('command_not_pinned', { details });
    if (!pin) return undefined;
    return async () => {
      if (!isSamePin(await this.pins.read(started), pin)) throw new AppError('command_changed', { details });
    };
  }

  private async isSandboxed(): Promise<boolean> {
    if (this.rules.run === 'off') throw new AppError('stdio_not_allowed');
    const usable = await this.sandbox.isUsable();
    if (!usable && this.rules.run === 'sandbox') throw new AppError('stdio_not_allowed');
    return usable;
  }
}

/** @throws {AppError} `command_fetches_packages` */
async function refuseFetching({ name, config }: Target, file: string, cwd: string): Promise<void> {
  const { args = [], command = file } = config;
  const realFile = await realpath(file);
  const realArgs = await Promise.all(args.map((word) => realpath(resolve(cwd, word)).catch(() => word)));
  if (fetchesPackages({ file, realFile, args, realArgs }))
    throw new AppError('command_fetches_packages', { details: { service: name, command } });
}

/** Kinds of transport to try for a service, most likely first. */
export function kindsToTry(target: Target, known: UpstreamTransport | undefined): readonly UpstreamTransport[] {
  if (target.type !== 'http') return [target.type];
  return known === 'sse' ? ['sse', 'streamable-http'] : ['streamable-http', 'sse'];
}

export function urlOf(target: Target): URL {
  return new URL(target.url ?? '');
}

/**
 * Undefined for a service to which nothing but the general rules applies. A connection that somebody has alone gets sockets
 * of its own too: some services remember on the socket who it is.
 */
function rulesOf({ config, credentials }: Target): EgressRules | undefined {
  const { allowedAddresses, tls, sharing } = config;
  if (!allowedAddresses && !tls && sharing !== 'per-user') return undefined;
  const key = credentials.find(({ target }) => target === 'tls')?.value;
  return {
    ...(allowedAddresses && { addresses: allowedAddresses }),
    ...(tls && { tls: { ...tls, ...(key !== undefined && { key }) } }),
  };
}

/** The sockets end with the transport. */
function closing(transport: Transport, outlet: Outlet): Transport {
  const close = transport.close.bind(transport);
  transport.close = async () => {
    await close();
    await outlet.close();
  };
  return transport;
}

const headersOf = (target: Target): Record<string, string> => ({
  ...target.config.headers,
  ...valuesFor(target, 'header'),
});

const valuesFor = (target: Target, place: 'header' | 'env'): Record<string, string> =>
  Object.fromEntries(
    target.credentials.filter((each) => each.target === place).map(({ name, value }) => [name, value]),
  );

/** Deprecated, and the only way to reach services that know nothing newer. */
const sseTransport = (
  egress: Pick<Egress, 'fetch'>,
  { url, headers, maxBytes, onResponse }: HttpSettings,
): SSEClientTransport =>
  new SSEClientTransport(url, {
    fetch: boundedFetch(egress, maxBytes, onResponse),
    requestInit: { headers, redirect: 'manual' },
  });

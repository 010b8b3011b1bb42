import { Injectable } from '@nestjs/common';
import { APP_MIME_TYPE } from '../../clients/index.js';
import { AppError } from '../../platform/index.js';
import { ResourceReader } from '../../resources/index.js';
import { AppSandbox, featuresAsked } from '../../sandbox/index.js';
import { ToolDirectory, ToolInvoker, appUriOf, isForApps, type CallOrigin } from '../../tools/index.js';
import { appSource } from './app-html.js';
import type { AppCall, AppCallResult, AppPage, AppReadResult } from './app.dto.js';

/** An app, by the tool whose results it shows. */
export interface AppAddress {
  /** Id or slug. */
  readonly serviceId: string;
  readonly tool: string;
}

type Origin = Pick<CallOrigin, 'principal' | 'signal' | 'chatId'>;

/**
 * What an app may have of us, in the name of the person who looks at it: its page, and the tools and resources of its own
 * service. Each takes the one path of a call (door `app`); a call is never taken for the person's own act.
 */
@Injectable()
export class AppDesk {
  constructor(
    private readonly directory: ToolDirectory,
    private readonly reader: ResourceReader,
    private readonly invoker: ToolInvoker,
    private readonly sandbox: AppSandbox,
  ) {}

  /** @throws {AppError} `apps_off` · `not_found` · `app_unusable` · what reading a resource throws */
  async page(origin: Origin, address: AppAddress): Promise<AppPage> {
    if (!this.sandbox.origin) throw new AppError('apps_off');
    const { serviceId, uri } = this.appAt(origin, address);
    const read = { ...origin, door: 'app' as const, serviceId, uri, partOfTool: address.tool };
    const { answer } = await this.reader.read(read);
    const source = appSource(answer.contents, APP_MIME_TYPE);
    if ('problem' in source) {
      throw new AppError('app_unusable', { details: { tool: address.tool, cause: source.problem } });
    }
    const { csp, permissions } = source.ui;
    return { html: source.html, ...this.sandbox.frame(csp), features: featuresAsked(permissions) };
  }

  /** @throws {AppError} `not_found` when there is no such app · `tool_not_found` also for tools that are not for apps */
  async call(origin: Origin, address: AppAddress, { tool, arguments: args }: AppCall): Promise<AppCallResult> {
    const { serviceId, serviceName } = this.appAt(origin, address);
    const call = { ...origin, door: 'app' as const, serviceId, tool, arguments: args };
    const called = this.directory.find(serviceId, tool);
    if (called && !isForApps(called.definition)) throw await this.invoker.refuseUnknown(call, serviceName, tool);
    const { callId, result } = await this.invoker.invoke(call);
    return { callId, result };
  }

  /** @throws {AppError} `not_found` when there is no such app · what reading a resource throws */
  async read(origin: Origin, address: AppAddress, uri: string): Promise<AppReadResult> {
    const { serviceId } = this.appAt(origin, address);
    const { answer } = await this.reader.read({ ...origin, door: 'app', serviceId, uri });
    return { contents: answer.contents };
  }

  /** Whose tool is not the person's, its app is not either. */
  private appAt({ principal }: Origin, { serviceId: service, tool }: AppAddress) {
    const view = this.directory
      .visibleTo(principal)
      .find((each) => [each.serviceId, each.serviceSlug].includes(service) && each.definition.name === tool);
    const uri = view && appUriOf(view.definition);
    if (!uri) throw new AppError('not_found');
    return { serviceId: view.serviceId, serviceName: view.serviceSlug, uri };
  }
}

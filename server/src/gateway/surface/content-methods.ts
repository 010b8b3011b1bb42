import { Injectable } from '@nestjs/common';
import type { Prompt, Resource, ResourceTemplateType, Server } from '@modelcontextprotocol/server';
import type { CallContext } from '../call-context.js';
import { AppError } from '../../platform/index.js';
import { PromptGetter, labelOfPrompt } from '../../prompts/index.js';
import { ResourceReader, labelOfResource } from '../../resources/index.js';
import { ServiceDirectory } from '../../services/index.js';
import { ContentAccess, isAppUri } from '../../tools/index.js';
import { callerOf } from '../caller.js';
import type { OfferedPrompt } from '../catalogue/catalogue.js';
import type { ServiceUri } from '../catalogue/addresses.js';
import { rendersApps } from './apps.js';
import { Conversations } from './conversations.js';
import { answering, listing } from './method-handler.js';
import { namingResource } from './no-such-resource.js';
import { relayedContents, relayedPrompt } from './relay.js';
import type { Subject } from './subject.js';

/** The methods of resources and prompts. */
@Injectable()
export class ContentMethods {
  constructor(
    private readonly reader: ResourceReader,
    private readonly getter: PromptGetter,
    private readonly services: ServiceDirectory,
    private readonly content: ContentAccess,
    private readonly conversations: Conversations,
  ) {}

  serve(server: Server): void {
    this.serveResources(server);
    this.servePrompts(server);
  }

  private serveResources(server: Server): void {
    server.setRequestHandler(
      'resources/list',
      listing(({ principal, catalogue }, context) => {
        const apps = rendersApps(server, context);
        const shown = catalogue.resources(principal).filter(({ definition }) => apps || !isAppUri(definition.uri));
        return {
          resources: shown.map(({ service, definition }) => {
            const uri = catalogue.addresses.toPublic({ slug: service.slug, uri: definition.uri });
            // As the service described it, whatever that is.
            return { ...definition, uri } as Resource;
          }),
        };
      }),
    );
    server.setRequestHandler(
      'resources/templates/list',
      listing(({ principal, catalogue }, context) => {
        const apps = rendersApps(server, context);
        const shown = catalogue
          .templates(principal)
          .filter(({ definition }) => apps || !isAppUri(definition.uriTemplate));
        return {
          resourceTemplates: shown.map(({ service, definition }) => {
            const uriTemplate = catalogue.addresses.toPublic({ slug: service.slug, uri: definition.uriTemplate });
            return { ...definition, uriTemplate } as ResourceTemplateType;
          }),
        };
      }),
    );
    server.setRequestHandler(
      'resources/read',
      answering(({ uri }: { uri: string }, context) =>
        namingResource(uri, async () => {
          const address = callerOf(context).catalogue.addresses.fromPublic(uri);
          if (!address || (isAppUri(address.uri) && !rendersApps(server, context))) throw new AppError('not_found');
          return this.read(address, context);
        }),
      ),
    );
  }

  private servePrompts(server: Server): void {
    server.setRequestHandler(
      'prompts/list',
      listing(({ principal, catalogue }) => ({ prompts: catalogue.prompts(principal).map(shownPrompt) })),
    );
    server.setRequestHandler(
      'prompts/get',
      answering(({ name, arguments: args = {} }: { name: string; arguments?: Record<string, string> }, context) => {
        const offered = callerOf(context).catalogue.prompt(name);
        if (!offered) throw new AppError('not_found');
        return this.get(offered, args, context);
      }),
    );
  }

  private async read({ slug, uri }: ServiceUri, context: CallContext) {
    const { principal, catalogue } = callerOf(context);
    const service = this.services.find(slug);
    if (!service) throw new AppError('not_found');
    const subject: Subject = {
      method: 'resources/read',
      service,
      place: { slug, addresses: catalogue.addresses },
      name: uri,
      label: labelOfResource(uri),
      arguments: { uri },
      isAllowed: () => this.content.isAllowed(principal, service, catalogue.via),
    };
    return this.conversations.hold(context, subject, async (origin) => {
      const { answer } = await this.reader.read({ ...origin, serviceId: service.id, uri });
      return relayedContents(answer, subject.place);
    });
  }

  private async get({ name, prompt }: OfferedPrompt, args: Record<string, string>, context: CallContext) {
    const { principal, catalogue } = callerOf(context);
    const { service, definition } = prompt;
    const subject: Subject = {
      method: 'prompts/get',
      service,
      place: { slug: service.slug, addresses: catalogue.addresses },
      name: definition.name,
      label: labelOfPrompt(definition.name),
      arguments: args,
      isAllowed: () => catalogue.prompts(principal).some((each) => each.name === name),
    };
    return this.conversations.hold(context, subject, async (origin) => {
      const call = { ...origin, serviceId: service.id, name: definition.name, arguments: args };
      const { answer } = await this.getter.get(call);
      return relayedPrompt(answer, subject.place);
    });
  }
}

function shownPrompt({ name, prompt }: OfferedPrompt): Prompt {
  const { definition } = prompt;
  return { ...definition, name, title: definition.title ?? definition.name } as Prompt;
}

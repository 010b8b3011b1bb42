import { Injectable } from '@nestjs/common';
import type { Prompt, Resource, ResourceTemplateType, Server } from '@modelcontextprotocol/server';
import { AppError } from '../../platform/index.js';
import { PromptGetter } from '../../prompts/index.js';
import { ResourceReader } from '../../resources/index.js';
import { isAppUri } from '../../tools/index.js';
import { callerOf } from '../caller.js';
import type { OfferedPrompt } from '../catalogue/catalogue.js';
import { rendersApps } from './apps.js';
import { answering, listing } from './method-handler.js';
import { originOf } from './origin.js';
import { relayedContents, relayedPrompt } from './relay.js';

/** The methods of resources and prompts. */
@Injectable()
export class ContentMethods {
  constructor(
    private readonly reader: ResourceReader,
    private readonly getter: PromptGetter,
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
          resources: shown.map(({ service, definition }): Resource => ({
            ...definition,
            uri: catalogue.addresses.toPublic({ slug: service.slug, uri: definition.uri }),
          })),
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
          resourceTemplates: shown.map(({ service, definition }): ResourceTemplateType => ({
            ...definition,
            uriTemplate: catalogue.addresses.toPublic({ slug: service.slug, uri: definition.uriTemplate }),
          })),
        };
      }),
    );
    server.setRequestHandler(
      'resources/read',
      answering(async ({ uri }: { uri: string }, context) => {
        const { addresses } = callerOf(context).catalogue;
        const address = addresses.fromPublic(uri);
        if (!address || (isAppUri(address.uri) && !rendersApps(server, context))) throw new AppError('not_found');
        const { answer } = await this.reader.read({ ...originOf(context), serviceId: address.slug, uri: address.uri });
        return relayedContents(answer, { slug: address.slug, addresses });
      }),
    );
  }

  private servePrompts(server: Server): void {
    server.setRequestHandler(
      'prompts/list',
      listing(({ principal, catalogue }) => ({ prompts: catalogue.prompts(principal).map(shownPrompt) })),
    );
    server.setRequestHandler(
      'prompts/get',
      answering(
        async ({ name, arguments: args = {} }: { name: string; arguments?: Record<string, string> }, context) => {
          const { catalogue } = callerOf(context);
          const offered = catalogue.prompt(name);
          if (!offered) throw new AppError('not_found');
          const { service, definition } = offered.prompt;
          const call = { ...originOf(context), serviceId: service.id, name: definition.name, arguments: args };
          const { answer } = await this.getter.get(call);
          return relayedPrompt(answer, { slug: service.slug, addresses: catalogue.addresses });
        },
      ),
    );
  }
}

function shownPrompt({ name, prompt }: OfferedPrompt): Prompt {
  const { arguments: args, ...rest } = prompt.definition;
  return { ...rest, name, title: rest.title ?? rest.name, ...(args && { arguments: [...args] }) };
}

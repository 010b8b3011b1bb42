import { Injectable } from '@nestjs/common';
import type { Prompt, Resource, ResourceTemplateType, Server } from '@modelcontextprotocol/server';
import { AppError } from '../../platform/index.js';
import { PromptDirectory, PromptGetter, type PromptView } from '../../prompts/index.js';
import { ResourceDirectory, ResourceReader } from '../../resources/index.js';
import { answering, listing, originOf } from './method-handler.js';
import { relayedContents, relayedPrompt } from './relay.js';
import { fromPublicUri, toPublicUri } from './resource-uri.js';

/** The methods of resources and prompts. */
@Injectable()
export class ContentMethods {
  constructor(
    private readonly resources: ResourceDirectory,
    private readonly reader: ResourceReader,
    private readonly prompts: PromptDirectory,
    private readonly getter: PromptGetter,
  ) {}

  serve(server: Server): void {
    this.serveResources(server);
    this.servePrompts(server);
  }

  private serveResources(server: Server): void {
    server.setRequestHandler(
      'resources/list',
      listing((principal) => ({
        resources: this.resources.visibleTo(principal).map(({ service, definition }): Resource => ({
          ...definition,
          uri: toPublicUri({ slug: service.slug, uri: definition.uri }),
        })),
      })),
    );
    server.setRequestHandler(
      'resources/templates/list',
      listing((principal) => ({
        resourceTemplates: this.resources
          .templatesVisibleTo(principal)
          .map(({ service, definition }): ResourceTemplateType => ({
            ...definition,
            uriTemplate: toPublicUri({ slug: service.slug, uri: definition.uriTemplate }),
          })),
      })),
    );
    server.setRequestHandler(
      'resources/read',
      answering(async ({ uri }: { uri: string }, context) => {
        const address = fromPublicUri(uri);
        if (!address) throw new AppError('not_found');
        const { answer } = await this.reader.read({ ...originOf(context), serviceId: address.slug, uri: address.uri });
        return relayedContents(answer, address.slug);
      }),
    );
  }

  private servePrompts(server: Server): void {
    server.setRequestHandler(
      'prompts/list',
      listing((principal) => ({ prompts: this.prompts.visibleTo(principal).map(shownPrompt) })),
    );
    server.setRequestHandler(
      'prompts/get',
      answering(
        async ({ name, arguments: args = {} }: { name: string; arguments?: Record<string, string> }, context) => {
          const prompt = this.prompts.findByPublicName(name);
          if (!prompt) throw new AppError('not_found');
          const { service, definition } = prompt;
          const call = { ...originOf(context), serviceId: service.id, name: definition.name, arguments: args };
          const { answer } = await this.getter.get(call);
          return relayedPrompt(answer, service.slug);
        },
      ),
    );
  }
}

function shownPrompt({ definition, publicName }: PromptView): Prompt {
  const { arguments: args, ...rest } = definition;
  return { ...rest, name: publicName, title: rest.title ?? rest.name, ...(args && { arguments: [...args] }) };
}

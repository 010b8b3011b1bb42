import { Injectable } from '@nestjs/common';
import { ProfileContents } from '../contents/profile-contents.js';
import type { ProfileTool } from '../contents/profile-tools.js';
import type { ProfileDefinition, ProfileItem } from '../definition.js';
import { SEARCH_TOOLS } from '../search/search-tools.js';
import { TokenCounter } from './token-counter.js';
import type { ProfileTokens } from './token.dto.js';

/** What a client hands to its model for one tool: name, description and parameters. */
interface Handed {
  readonly name: string;
  readonly description?: string | undefined;
  readonly inputSchema: object;
}

/** Says how much of a model's context a profile takes, by either mode and by each item. */
@Injectable()
export class TokenMeter {
  constructor(
    private readonly contents: ProfileContents,
    private readonly counter: TokenCounter,
  ) {}

  /** Of every tool in the profile, whoever may use it. @throws {AppError} `internal` when counting takes too long */
  async measure({ slug, items }: ProfileDefinition): Promise<ProfileTokens> {
    const tools = this.contents.tools(slug);
    const texts = [...tools.map(handedOf), ...SEARCH_TOOLS].map(textOf);
    const counts = await this.counter.count(texts);
    const perTool = counts.slice(0, tools.length);
    return {
      list: sum(perTool),
      search: sum(counts.slice(tools.length)),
      items: items.map((item) => {
        const own = perTool.filter((_, at) => itemOf(items, tools[at]) === item);
        return { serviceId: item.serviceId, tool: item.tool, tools: own.length, tokens: sum(own) };
      }),
    };
  }
}

const handedOf = ({ name, tool: { definition }, description }: ProfileTool): Handed => ({
  name,
  description: description ?? definition.description,
  inputSchema: definition.inputSchema,
});

const textOf = ({ name, description, inputSchema }: Handed): string =>
  JSON.stringify({ name, description, inputSchema });

/** The item that a tool counts for: its own, or else that of its whole service. */
function itemOf(items: readonly ProfileItem[], offered: ProfileTool | undefined): ProfileItem | undefined {
  const mine = items.filter(({ serviceId }) => serviceId === offered?.tool.serviceId);
  return mine.find(({ tool }) => tool === offered?.tool.definition.name) ?? mine.find(({ tool }) => tool === null);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

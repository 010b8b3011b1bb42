import type { Language } from '@gatehouse/contracts';
import type { Passage, Principal } from '../../auth/index.js';
import type { PromptView } from '../../prompts/index.js';
import type { Offered } from '../../resources/index.js';
import type { ResourceDefinition, ResourceTemplateDefinition } from '../../services/index.js';
import type { ToolView } from '../../tools/index.js';
import type { Addresses } from './addresses.js';

/** A tool under the name that an endpoint gives it. */
export interface OfferedTool {
  readonly name: string;
  readonly tool: ToolView;
  /** What the endpoint says of it instead of the service. */
  readonly description?: string;
}

export interface OfferedPrompt {
  readonly name: string;
  readonly prompt: PromptView;
}

/**
 * What one endpoint offers, and under which names: `/mcp` everything, `/mcp/s/<slug>` one service, `/mcp/p/<profile>` a
 * curated set. Names and order only: whether somebody may use a thing is decided by the call path, each time.
 */
export interface Catalogue {
  /** Tells endpoints apart; a legacy session belongs to one of them. */
  readonly key: string;
  readonly addresses: Addresses;
  /** What decides instead of grants on services, where the endpoint has grants of its own. */
  readonly via?: Passage;
  /** How clients come to the tools: from a list, or by searching. */
  readonly mode: 'list' | 'search';
  /** What the principal may call right now, in a stable order. */
  tools(principal: Principal): readonly OfferedTool[];
  /** Exact and case-sensitive; whoever may see it. */
  tool(name: string): OfferedTool | undefined;
  /** Whose tool a name would be if there were one, where the name says it. */
  meant(name: string): { readonly slug: string; readonly tool: string } | undefined;
  prompts(principal: Principal): readonly OfferedPrompt[];
  prompt(name: string): OfferedPrompt | undefined;
  /** With the service's own URIs; `addresses` makes them public. */
  resources(principal: Principal): readonly Offered<ResourceDefinition>[];
  templates(principal: Principal): readonly Offered<ResourceTemplateDefinition>[];
  /** What a client, and the model behind it, should know at the start; why the list is empty, if it is. */
  instructions(principal: Principal, language: Language): string;
}

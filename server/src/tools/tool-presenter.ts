import type { ToolReviewState } from '../services/index.js';
import type { ToolView } from './tool-directory.js';
import type { CallableTool, Tool, ToolReview } from './tool.dto.js';

/** How the REST API shows a tool. Pure. @param review absent for those who do not administer services */
export function toolOf(
  { definition, publicName, hiddenCharacters, policy }: ToolView,
  mayCall: boolean,
  review?: ToolReviewState,
): Tool {
  const { name, title, description, inputSchema, outputSchema, annotations, icons } = definition;
  return {
    name,
    publicName,
    title: title ?? null,
    description: description ?? null,
    inputSchema,
    ...(outputSchema && { outputSchema }),
    ...(annotations && { annotations }),
    ...(icons && { icons }),
    hiddenCharacters,
    class: policy.class,
    approval: policy.approval,
    cache: policy.cache && { ...policy.cache },
    idempotent: policy.idempotent,
    can: { call: mayCall },
    ...(review && { review: reviewOf(review) }),
  };
}

const reviewOf = ({ changes, ...review }: ToolReviewState): ToolReview => ({
  ...review,
  changes: changes.map(({ marks, ...change }) => ({ ...change, marks: [...marks] })),
});

/** The same in a list across services, for somebody who may call it. Pure. */
export const callableToolOf = (tool: ToolView): CallableTool => ({
  ...toolOf(tool, true),
  serviceId: tool.serviceId,
  serviceSlug: tool.serviceSlug,
  serviceName: tool.serviceName,
});

/** Whether all words of `query` stand somewhere in what people read of the tool. Pure. */
export function matchesWords({ definition, publicName, serviceName }: ToolView, query: string): boolean {
  const { name, title = '', description = '' } = definition;
  const text = [name, publicName, title, description, serviceName.zh, serviceName.en].join('\n').toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** The wire protocols that a provider may speak. */
export const LLM_KINDS = ['openai-compatible', 'anthropic'] as const;

export type LlmKind = (typeof LLM_KINDS)[number];

export { PromptDirectory } from './prompt-directory.js';
export type { PromptView } from './prompt-directory.js';
export { PromptGetter, labelOfPrompt } from './prompt-getter.js';
export type { PromptCall } from './prompt-getter.js';
export { PromptsModule } from './prompts.module.js';

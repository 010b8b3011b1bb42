import './events.js';

export { LanguageModels } from './language-models.js';
export type { ReadyModel } from './language-models.js';
export { LlmModule } from './llm.module.js';
export { LLM_KINDS } from './llm-kind.js';
export type { LlmKind } from './llm-kind.js';
export { LlmProviderDraft } from './llm-provider.dto.js';
export { LlmProviderRow } from './llm-provider.entity.js';
export { LlmProviderRegistrar } from './llm-provider-registrar.js';
export { ModelCatalogue } from './model-catalogue.js';
export type { ModelEntry } from './model-catalogue.js';
export { modelFailure } from './model-failure.js';

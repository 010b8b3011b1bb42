import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LanguageModels } from './language-models.js';
import { LlmModelsController } from './llm-models.controller.js';
import { LlmProviderRow } from './llm-provider.entity.js';
import { LlmProviderRegistrar } from './llm-provider-registrar.js';
import { LlmProviderStore } from './llm-provider.store.js';
import { LlmProvidersController } from './llm-providers.controller.js';
import { ModelCatalogue } from './model-catalogue.js';
import { ProviderProbe } from './provider-probe.js';

/** Language models: who offers them, and how to call one. */
@Module({
  imports: [TypeOrmModule.forFeature([LlmProviderRow])],
  controllers: [LlmProvidersController, LlmModelsController],
  providers: [LanguageModels, LlmProviderRegistrar, LlmProviderStore, ModelCatalogue, ProviderProbe],
  exports: [LanguageModels, LlmProviderRegistrar, ModelCatalogue],
})
export class LlmModule {}

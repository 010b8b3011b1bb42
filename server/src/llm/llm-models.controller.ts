import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '../auth/index.js';
import { LlmModelList } from './llm-provider.dto.js';
import { ModelCatalogue } from './model-catalogue.js';

/** The models that a conversation may use. */
@ApiTags('llm')
@Controller('api/llm/models')
export class LlmModelsController {
  constructor(private readonly catalogue: ModelCatalogue) {}

  @Get()
  @RequirePermission('chat:use')
  @ApiOperation({ operationId: 'listLlmModels' })
  @ApiOkResponse({ type: LlmModelList })
  list(): LlmModelList {
    const items = this.catalogue
      .list()
      .map(({ id, providerId, model, label, isDefault }) => ({ id, providerId, model, label, isDefault }));
    return { items };
  }
}

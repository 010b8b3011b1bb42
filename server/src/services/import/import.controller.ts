import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, RequirePermission, type Principal } from '../../auth/index.js';
import { AppError, RequestContext, WithoutEffect } from '../../platform/index.js';
import { authorOf } from '../author.js';
import { ServicePresenter } from '../registry/service-presenter.js';
import { ImportPreview, ImportRequest, ImportResult, ImportText } from './import.dto.js';
import { Importer } from './importer.js';

@ApiTags('services')
@Controller('api/mcp/services/import')
export class ImportController {
  constructor(
    private readonly importer: Importer,
    private readonly presenter: ServicePresenter,
  ) {}

  @Post('preview')
  @HttpCode(200)
  @WithoutEffect()
  @RequirePermission('services:write')
  @ApiOperation({ operationId: 'previewImport', summary: 'What a pasted text would become; without any effect' })
  @ApiOkResponse({ type: ImportPreview })
  preview(@Caller() caller: Principal, @Body() { text }: ImportText): Promise<ImportPreview> {
    return this.importer.preview(text, authorOf(caller));
  }

  @Post()
  @RequirePermission('services:write')
  @ApiOperation({ operationId: 'importServices', summary: 'Register services out of a pasted text' })
  @ApiCreatedResponse({ type: ImportResult })
  async import(@Caller() caller: Principal, @Body() { text, entries }: ImportRequest): Promise<ImportResult> {
    const imported = await this.importer.import(text, entries, authorOf(caller));
    return {
      created: imported.flatMap(({ outcome }) =>
        outcome instanceof AppError ? [] : [this.presenter.present(outcome, caller)],
      ),
      failed: imported.flatMap(({ key, outcome }) =>
        outcome instanceof AppError ? [{ key, error: { code: outcome.code, message: textOf(outcome) } }] : [],
      ),
    };
  }
}

/** The sentence of an error, and what is wrong with which field. */
function textOf(error: AppError): string {
  const { message } = error.text(RequestContext.current().language);
  const fields = error.fields?.map((field) => `${field.path}: ${field.message}`).join('; ');
  return fields ? `${message} ${fields}` : message;
}

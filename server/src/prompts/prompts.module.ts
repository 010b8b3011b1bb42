import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/index.js';
import { ToolsModule } from '../tools/index.js';
import { PromptDirectory } from './prompt-directory.js';
import { PromptGetter } from './prompt-getter.js';
import { PromptsController } from './prompts.controller.js';

@Module({
  imports: [ClientsModule, ToolsModule],
  controllers: [PromptsController],
  providers: [PromptDirectory, PromptGetter],
  exports: [PromptDirectory, PromptGetter],
})
export class PromptsModule {}

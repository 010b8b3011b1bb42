import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/index.js';
import { ToolsModule } from '../tools/index.js';
import { KeptResources } from './kept-resources.js';
import { ResourceDirectory } from './resource-directory.js';
import { ResourceReader } from './resource-reader.js';
import { ResourcesController } from './resources.controller.js';

@Module({
  imports: [ClientsModule, ToolsModule],
  controllers: [ResourcesController],
  providers: [KeptResources, ResourceDirectory, ResourceReader],
  exports: [ResourceDirectory, ResourceReader],
})
export class ResourcesModule {}

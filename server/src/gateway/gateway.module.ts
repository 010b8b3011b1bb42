import { Module } from '@nestjs/common';
import { PromptsModule } from '../prompts/index.js';
import { ResourcesModule } from '../resources/index.js';
import { ToolsModule } from '../tools/index.js';
import { GatewayEdge } from './gateway-edge.js';
import { LegacyDoor } from './legacy/legacy-door.js';
import { ListWatch } from './list-watch.js';
import { ModernDoor } from './modern/modern-door.js';
import { ContentMethods } from './surface/content-methods.js';
import { McpSurface } from './surface/mcp-surface.js';
import { ToolMethods } from './surface/tool-methods.js';

/** The endpoint for MCP clients. See README.md. */
@Module({
  imports: [ToolsModule, ResourcesModule, PromptsModule],
  providers: [GatewayEdge, LegacyDoor, ListWatch, ModernDoor, McpSurface, ToolMethods, ContentMethods],
  exports: [GatewayEdge],
})
export class GatewayModule {}

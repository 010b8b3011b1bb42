import { Module, type DynamicModule } from '@nestjs/common';
import { MIGRATIONS } from '../../migrations/index.js';
import { AuditModule } from './audit/index.js';
import { AuthModule } from './auth/index.js';
import { ChatModule } from './chat/index.js';
import { ClientsModule } from './clients/index.js';
import { DeclarationModule } from './declaration/index.js';
import { DemoModule } from './demo/index.js';
import { ENTITIES } from './entities.js';
import { GatewayModule } from './gateway/index.js';
import { HealthModule } from './health/index.js';
import { InspectorModule } from './inspector/index.js';
import { JobsModule } from './jobs/index.js';
import { LimitsModule } from './limits/index.js';
import { LiveModule } from './live/index.js';
import { LlmModule } from './llm/index.js';
import { OverviewModule } from './overview/index.js';
import { PlatformModule, type Config, type Scrubber } from './platform/index.js';
import { ProfilesModule } from './profiles/index.js';
import { PromptsModule } from './prompts/index.js';
import { ResourcesModule } from './resources/index.js';
import { SandboxModule } from './sandbox/index.js';
import { ServicesModule } from './services/index.js';
import { ToolsModule } from './tools/index.js';

/** The whole product: every module, in the order of the layers but for the one whose routes are wanted most. */
@Module({})
export class AppModule {
  static forRoot(config: Config, scrubber: Scrubber): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.forRoot({ config, scrubber, entities: ENTITIES, migrations: MIGRATIONS }),
        // Routes are tried in the order of these lines: calls come first.
        ToolsModule,
        AuthModule,
        AuditModule,
        JobsModule,
        ServicesModule,
        LlmModule,
        LimitsModule,
        ClientsModule,
        SandboxModule,
        ResourcesModule,
        PromptsModule,
        ProfilesModule,
        GatewayModule,
        ChatModule,
        OverviewModule,
        LiveModule,
        InspectorModule,
        DeclarationModule,
        ...(config.demo ? [DemoModule] : []),
        HealthModule,
      ],
    };
  }
}

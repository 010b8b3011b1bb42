import { Module, type DynamicModule } from '@nestjs/common';
import { MIGRATIONS } from '../../migrations/index.js';
import { AuditModule } from './audit/index.js';
import { AuthModule } from './auth/index.js';
import { ENTITIES } from './entities.js';
import { PlatformModule, type Config, type Scrubber } from './platform/index.js';

/** The whole product: every module, in the order of the layers. */
@Module({})
export class AppModule {
  static forRoot(config: Config, scrubber: Scrubber): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.forRoot({ config, scrubber, entities: ENTITIES, migrations: MIGRATIONS }),
        AuthModule,
        AuditModule,
      ],
    };
  }
}

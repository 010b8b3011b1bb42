import { Module } from '@nestjs/common';
import { CONFIG, Clock, Egress, EventBus, type Config } from '../platform/index.js';
import { CapabilityStore, ServiceDirectory, ServicesModule, UserCredentialBook } from '../services/index.js';
import { TransportFactory } from './connection/transport-factory.js';
import { ConnectionGauges } from './connection-gauges.js';
import { CommandRoom } from './manager/command-room.js';
import { ClientManager } from './manager/client-manager.js';
import { Inventory, ServiceDefinitions, UserDefinitions } from './ports.js';
import { CommandPinner } from './pin/command-pinner.js';
import { ServiceProber } from './probe/service-prober.js';
import { Sandbox } from './transports/sandbox.js';

/** Live connections to services. See README.md. */
@Module({
  imports: [ServicesModule],
  providers: [
    { provide: ServiceDefinitions, useExisting: ServiceDirectory },
    { provide: Inventory, useExisting: CapabilityStore },
    { provide: UserDefinitions, useExisting: UserCredentialBook },
    {
      provide: TransportFactory,
      // Keys and database lie in the data folder: no child gets to see it.
      useFactory: (egress: Egress, config: Config) =>
        new TransportFactory(
          egress,
          new Sandbox([config.dataDir]),
          { run: config.stdio, packages: config.stdioPackages },
          process.env,
          new CommandRoom(config.stdioMost),
        ),
      inject: [Egress, CONFIG],
    },
    {
      provide: ClientManager,
      useFactory: (
        definitions: ServiceDefinitions,
        inventory: Inventory,
        factory: TransportFactory,
        users: UserDefinitions,
        bus: EventBus,
        clock: Clock,
      ) => new ClientManager(definitions, inventory, factory, users, bus, clock),
      inject: [ServiceDefinitions, Inventory, TransportFactory, UserDefinitions, EventBus, Clock],
    },
    ConnectionGauges,
    {
      provide: ServiceProber,
      useFactory: (factory: TransportFactory) => new ServiceProber(factory),
      inject: [TransportFactory],
    },
    {
      provide: CommandPinner,
      useFactory: (factory: TransportFactory) => new CommandPinner(factory),
      inject: [TransportFactory],
    },
  ],
  exports: [ClientManager, CommandPinner, ServiceProber],
})
export class ClientsModule {}

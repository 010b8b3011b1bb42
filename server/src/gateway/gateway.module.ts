import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/index.js';
import { ProfilesModule } from '../profiles/index.js';
import { Clock } from '../platform/index.js';
import { PromptsModule } from '../prompts/index.js';
import { ResourcesModule } from '../resources/index.js';
import { ToolsModule } from '../tools/index.js';
import { Catalogues } from './catalogue/catalogues.js';
import { WholeCatalogue } from './catalogue/whole-catalogue.js';
import { DirectCalls } from './direct/direct-calls.js';
import { GatewayEdge } from './gateway-edge.js';
import { LegacyDoor } from './legacy/legacy-door.js';
import { LegacySessions } from './legacy/legacy-sessions.js';
import { SseDoor } from './sse/sse-door.js';
import { WebSocketDoor } from './websocket/websocket-door.js';
import { ListWatch } from './list-watch.js';
import { ModernConversation } from './modern/conversation/modern-conversation.js';
import { ParkedCalls } from './modern/conversation/parked-calls.js';
import { RequestStates } from './modern/conversation/request-states.js';
import { UsedStates, UsedStatesInMemory } from './modern/conversation/used-states.js';
import { ModernDoor } from './modern/modern-door.js';
import { Rehearsal } from './modern/rehearsal.js';
import { CompletionMethods } from './surface/completion-methods.js';
import { ContentMethods } from './surface/content-methods.js';
import { Conversations } from './surface/conversations.js';
import { McpSurface } from './surface/mcp-surface.js';
import { ResourceWatching } from './surface/resource-watching.js';
import { SearchMethods } from './surface/search-methods.js';
import { ToolMethods } from './surface/tool-methods.js';
import { InProcessTaskStore } from './tasks/in-process-task-store.js';
import { TaskCalls } from './tasks/task-calls.js';
import { TaskKeeper } from './tasks/task-keeper.js';
import { TaskMethods } from './tasks/task-methods.js';
import { TaskNews } from './tasks/task-news.js';
import { DEFAULT_TASK_SETTINGS, TASK_SETTINGS, type TaskSettings } from './tasks/task-settings.js';
import { TaskStore } from './tasks/task-store.js';
import { Traffic } from './traffic/traffic.js';

/** The endpoint for MCP clients. See README.md. */
@Module({
  imports: [ClientsModule, ToolsModule, ResourcesModule, PromptsModule, ProfilesModule],
  providers: [
    Catalogues,
    WholeCatalogue,
    GatewayEdge,
    LegacyDoor,
    LegacySessions,
    SseDoor,
    WebSocketDoor,
    ListWatch,
    Traffic,
    ModernDoor,
    Rehearsal,
    ModernConversation,
    ParkedCalls,
    RequestStates,
    { provide: UsedStates, useClass: UsedStatesInMemory },
    Conversations,
    McpSurface,
    ResourceWatching,
    SearchMethods,
    ToolMethods,
    DirectCalls,
    ContentMethods,
    CompletionMethods,
    TaskCalls,
    TaskKeeper,
    TaskMethods,
    TaskNews,
    { provide: TASK_SETTINGS, useFactory: (): TaskSettings => ({ ...DEFAULT_TASK_SETTINGS }) },
    { provide: TaskStore, inject: [Clock], useFactory: (clock: Clock) => new InProcessTaskStore(clock) },
  ],
  exports: [Catalogues, GatewayEdge, Rehearsal, Traffic],
})
export class GatewayModule {}

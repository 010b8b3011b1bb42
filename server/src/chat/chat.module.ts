import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LlmModule } from '../llm/index.js';
import { ResourcesModule } from '../resources/index.js';
import { SandboxModule } from '../sandbox/index.js';
import { ToolsModule } from '../tools/index.js';
import { AppDesk } from './apps/app-desk.js';
import { AppsController } from './apps/apps.controller.js';
import { ConversationRow } from './conversation.entity.js';
import { ConversationStore } from './conversation.store.js';
import { ConversationsController } from './conversations.controller.js';
import { MessageRow } from './message.entity.js';
import { MessageStore } from './message.store.js';
import { ChatLoop } from './turn/chat-loop.js';
import { RunningTurns } from './turn/running-turns.js';
import { ToolsOnOffer } from './turn/tools-on-offer.js';
import { TurnRunner } from './turn/turn-runner.js';
import { TurnsController } from './turns.controller.js';

/** Conversations: a model, or a person's own hand, with the tools of the chosen services. */
@Module({
  imports: [
    TypeOrmModule.forFeature([ConversationRow, MessageRow]),
    LlmModule,
    ToolsModule,
    ResourcesModule,
    SandboxModule,
  ],
  controllers: [ConversationsController, TurnsController, AppsController],
  providers: [AppDesk, ConversationStore, MessageStore, ChatLoop, RunningTurns, ToolsOnOffer, TurnRunner],
})
export class ChatModule {}

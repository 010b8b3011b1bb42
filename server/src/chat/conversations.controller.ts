import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, RequirePermission, type Principal } from '../auth/index.js';
import { PageQuery, type Page } from '../platform/index.js';
import {
  ChatMessage,
  ChatMessagePage,
  Conversation,
  ConversationChange,
  ConversationDraft,
  ConversationPage,
} from './conversation.dto.js';
import type { ConversationRow } from './conversation.entity.js';
import { ConversationStore } from './conversation.store.js';
import { MessageStore, type Message } from './message.store.js';
import { RunningTurns } from './turn/running-turns.js';

/** The caller's own conversations; somebody else's do not exist for them. */
@ApiTags('chat')
@RequirePermission('chat:use')
@Controller('api/chat/conversations')
export class ConversationsController {
  constructor(
    private readonly conversations: ConversationStore,
    private readonly messages: MessageStore,
    private readonly running: RunningTurns,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listConversations' })
  @ApiOkResponse({ type: ConversationPage })
  async list(@Caller() caller: Principal, @Query() query: PageQuery): Promise<Page<Conversation>> {
    const page = await this.conversations.page(caller.userId, query.limit ?? 50, query.cursor);
    return { ...page, items: page.items.map(conversationView) };
  }

  @Post()
  @ApiOperation({ operationId: 'createConversation' })
  @ApiCreatedResponse({ type: Conversation })
  async create(@Caller() caller: Principal, @Body() draft: ConversationDraft): Promise<Conversation> {
    return conversationView(await this.conversations.create(caller.userId, draft));
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getConversation' })
  @ApiOkResponse({ type: Conversation })
  async get(@Caller() caller: Principal, @Param('id') id: string): Promise<Conversation> {
    return conversationView(await this.conversations.get(caller.userId, id));
  }

  @Patch(':id')
  @ApiOperation({ operationId: 'changeConversation' })
  @ApiOkResponse({ type: Conversation })
  async change(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Body() change: ConversationChange,
  ): Promise<Conversation> {
    return conversationView(await this.conversations.update(caller.userId, id, change));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteConversation' })
  @ApiNoContentResponse()
  async remove(@Caller() caller: Principal, @Param('id') id: string): Promise<void> {
    await this.conversations.delete(caller.userId, id);
    this.running.stop(id);
  }

  @Get(':id/messages')
  @ApiOperation({ operationId: 'listChatMessages' })
  @ApiOkResponse({ type: ChatMessagePage })
  async listMessages(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Query() query: PageQuery,
  ): Promise<Page<ChatMessage>> {
    await this.conversations.get(caller.userId, id);
    const page = await this.messages.page(id, query.limit ?? 50, query.cursor);
    return { ...page, items: page.items.map(messageView) };
  }
}

const conversationView = (row: ConversationRow): Conversation => ({
  id: row.id,
  title: row.title,
  serviceIds: row.serviceIds,
  modelId: row.modelId,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

const messageView = (row: Message): ChatMessage => ({
  id: row.id,
  role: row.role,
  parts: row.parts,
  createdAt: row.createdAt.toISOString(),
});

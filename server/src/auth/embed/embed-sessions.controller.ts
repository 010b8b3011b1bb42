import { Body, Controller, Headers, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AppError } from '../../platform/index.js';
import { Public } from '../access/require-permission.js';
import { bearerOf } from '../credentials/bearer.js';
import { EmbedSession, EmbedSessionDraft } from './embed.dto.js';
import { EmbedSessions } from './embed-sessions.js';

@ApiTags('embed')
@Controller('api/embed/sessions')
export class EmbedSessionsController {
  constructor(private readonly sessions: EmbedSessions) {}

  /** The app's secret is the credential; it stays on the app's server and never reaches a browser. */
  @Post()
  @Public()
  @ApiBearerAuth()
  @ApiOperation({ operationId: 'openEmbedSession', summary: "Opens a widget session for one of the app's users" })
  @ApiCreatedResponse({ type: EmbedSession })
  open(
    @Headers('authorization') authorization: string | undefined,
    @Body() draft: EmbedSessionDraft,
  ): Promise<EmbedSession> {
    const secret = bearerOf(authorization);
    if (!secret) throw new AppError('embed_app_invalid');
    return this.sessions.open(secret, draft);
  }
}

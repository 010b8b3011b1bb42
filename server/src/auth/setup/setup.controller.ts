import { Body, Controller, Get, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Throttle, minutes } from '@nestjs/throttler';
import type { Response } from 'express';
import { Public } from '../access/require-permission.js';
import { Me } from '../sessions/me.dto.js';
import { OwnAccount } from '../sessions/own-account.js';
import { setSessionCookie } from '../sessions/session-cookie.js';
import { SessionKeeper } from '../sessions/session-keeper.js';
import { SetupDraft, SetupState } from './setup.dto.js';
import { SetupGate } from './setup-gate.js';

const ATTEMPTS_PER_MINUTE = 30;

@ApiTags('auth')
@Controller('api/setup')
@Public()
export class SetupController {
  constructor(
    private readonly gate: SetupGate,
    private readonly sessions: SessionKeeper,
    private readonly account: OwnAccount,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'readSetup', summary: 'Whether the first owner is still to be made' })
  @ApiOkResponse({ type: SetupState })
  state(): SetupState {
    return { required: this.gate.isRequired() };
  }

  @Post()
  @Throttle({ default: { limit: ATTEMPTS_PER_MINUTE, ttl: minutes(1) } })
  @ApiOperation({ operationId: 'completeSetup', summary: 'Makes the first owner and signs in; 410 once there is one' })
  @ApiCreatedResponse({ type: Me })
  async complete(@Body() draft: SetupDraft, @Res({ passthrough: true }) response: Response): Promise<Me> {
    const { userId, passwordHash } = await this.gate.complete(draft);
    const session = await this.sessions.open(userId, passwordHash);
    setSessionCookie(response, session.token, session.expiresAt);
    return this.account.readById(userId);
  }
}

import { Body, Controller, Get, Headers, HttpCode, Patch, Post, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Throttle, minutes } from '@nestjs/throttler';
import type { Response } from 'express';
import { Caller, Public, SignedIn, SignedInOrEmbedded } from '../access/require-permission.js';
import { Logout } from './logout.js';
import type { Principal } from '../principal.js';
import { Login, Me, MeChange, PasswordChange } from './me.dto.js';
import { OwnAccount } from './own-account.js';
import { PasswordLogin } from './password-login.js';
import { clearSessionCookie, sessionTokenOf, setSessionCookie } from './session-cookie.js';

/** From one address, whatever the account; the brake on one account is `LoginBrake`. */
const LOGINS_PER_MINUTE = 60;

@ApiTags('auth')
@Controller('api/auth')
export class SessionController {
  constructor(
    private readonly passwords: PasswordLogin,
    private readonly logouts: Logout,
    private readonly account: OwnAccount,
  ) {}

  @Post('login')
  @HttpCode(200)
  @Public()
  @Throttle({ default: { limit: LOGINS_PER_MINUTE, ttl: minutes(1) } })
  @ApiOperation({
    operationId: 'login',
    summary: 'Signs in, sets a new session cookie and ends the session of the old one',
  })
  @ApiOkResponse({ type: Me })
  async login(
    @Body() login: Login,
    @Headers('cookie') cookie: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Me> {
    const session = await this.passwords.login(login);
    await this.logouts.endToken(sessionTokenOf(cookie));
    setSessionCookie(response, session.token, session.expiresAt);
    return this.account.readById(session.userId);
  }

  @Post('logout')
  @HttpCode(204)
  @SignedInOrEmbedded()
  @ApiOperation({ operationId: 'logout', summary: 'Ends the session that is used' })
  @ApiNoContentResponse()
  async logout(@Caller() caller: Principal, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.logouts.end(caller);
    clearSessionCookie(response);
  }

  @Get('me')
  @SignedInOrEmbedded()
  @ApiOperation({ operationId: 'readMe', summary: 'Who is calling, and what they may do' })
  @ApiOkResponse({ type: Me })
  me(@Caller() caller: Principal): Me {
    return this.account.read(caller);
  }

  @Patch('me')
  @SignedIn()
  @ApiOperation({ operationId: 'changeMe', summary: 'Changes own name or language; takes a session' })
  @ApiOkResponse({ type: Me })
  changeMe(@Caller() caller: Principal, @Body() change: MeChange): Promise<Me> {
    return this.account.change(caller, change);
  }

  @Post('password')
  @HttpCode(204)
  @SignedIn()
  @ApiOperation({ operationId: 'changePassword', summary: 'Sets a new password and ends all other own sessions' })
  @ApiNoContentResponse()
  changePassword(@Caller() caller: Principal, @Body() change: PasswordChange): Promise<void> {
    return this.account.changePassword(caller, change);
  }
}

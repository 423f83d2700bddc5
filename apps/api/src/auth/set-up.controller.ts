import { Body, Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { setUpBodySchema } from '#contracts';
import type { SetUpBody } from '#contracts';
import { Answers } from '../web/answers.ts';
import { FirstAdministrator } from './first-administrator.ts';
import { Public } from './public.ts';
import { sessionAnswerOf, sessionAnswerSchema, setUpStateSchema } from './session-answer.ts';
import type { SessionAnswer } from './session-answer.ts';
import { setSessionCookie } from './session-cookie.ts';
import { Sessions, SESSION_LIFETIME_MS, userOf } from './sessions.ts';

@ApiTags('session')
@Controller('setup')
export class SetUpController {
  constructor(
    @Inject(FirstAdministrator) private readonly firstAdministrator: FirstAdministrator,
    @Inject(Sessions) private readonly sessions: Sessions,
  ) {}

  @Public()
  @Get()
  @Answers(200, setUpStateSchema)
  async show(): Promise<{ pending: boolean }> {
    return { pending: await this.firstAdministrator.isPending() };
  }

  /** Makes the first administrator, and signs in as them. */
  @Public()
  @Post()
  @Answers(201, sessionAnswerSchema)
  async finish(
    @Body({ schema: setUpBodySchema }) body: SetUpBody,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionAnswer> {
    const user = await this.firstAdministrator.createWithToken(body, request.ip ?? '');
    const token = await this.sessions.begin(user.id, request);
    setSessionCookie(request, response, token, SESSION_LIFETIME_MS);
    return sessionAnswerOf(userOf(user), user.standings);
  }
}

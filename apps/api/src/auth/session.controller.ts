import { Body, Controller, Delete, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { signInBodySchema } from '#contracts';
import type { SignInBody } from '#contracts';
import type { UserRecord } from '#persistence';
import { AuditLog } from '../audit/audit-log.ts';
import { Answers, AnswersNothing } from '../web/answers.ts';
import { CurrentPrincipal, NO_WORKSPACE } from './principal.ts';
import type { Principal } from './principal.ts';
import { Public } from './public.ts';
import { SignedIn } from './requires.ts';
import { answerOfPrincipal, sessionAnswerOf, sessionAnswerSchema } from './session-answer.ts';
import type { SessionAnswer } from './session-answer.ts';
import { clearSessionCookie, readSessionCookie, setSessionCookie } from './session-cookie.ts';
import { Sessions, SESSION_LIFETIME_MS, userOf } from './sessions.ts';
import { SignIn } from './sign-in.ts';

@ApiTags('session')
@Controller('session')
export class SessionController {
  constructor(
    @Inject(SignIn) private readonly signIn: SignIn,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(AuditLog) private readonly audit: AuditLog,
  ) {}

  @Public()
  @Post()
  @Answers(200, sessionAnswerSchema)
  async begin(
    @Body({ schema: signInBodySchema }) body: SignInBody,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionAnswer> {
    const user = await this.signIn.check(body, request.ip ?? '');
    const token = await this.sessions.begin(user.id, request);
    setSessionCookie(request, response, token, SESSION_LIFETIME_MS);
    await this.note(user, request);
    return sessionAnswerOf(userOf(user), user.standings);
  }

  @SignedIn()
  @Get()
  @Answers(200, sessionAnswerSchema)
  show(@CurrentPrincipal() principal: Principal): SessionAnswer {
    return answerOfPrincipal(principal);
  }

  @SignedIn()
  @Delete()
  @AnswersNothing()
  async end(
    @CurrentPrincipal() principal: Principal,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const token = readSessionCookie(request);
    if (principal.kind !== 'user' || token === undefined) return;
    await this.sessions.end(token);
    clearSessionCookie(request, response);
  }

  /** In the workspace that a request of theirs without a word would be about. */
  private async note({ id, email, standings }: UserRecord, request: Request): Promise<void> {
    const workspaceId = standings[0]?.workspaceId ?? NO_WORKSPACE;
    const actor = { kind: 'user', id, name: email, workspaceId } as const;
    await this.audit.writeOf(actor, request, { action: 'session.create' });
  }
}

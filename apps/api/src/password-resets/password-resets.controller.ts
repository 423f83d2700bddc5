import { Body, Controller, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { CurrentPrincipal } from '../auth/principal.ts';
import type { Principal } from '../auth/principal.ts';
import { Public } from '../auth/public.ts';
import { Requires } from '../auth/requires.ts';
import { sessionAnswerOf, sessionAnswerSchema } from '../auth/session-answer.ts';
import { setSessionCookie } from '../auth/session-cookie.ts';
import { Sessions, SESSION_LIFETIME_MS, userOf } from '../auth/sessions.ts';
import { Answers, Refuses } from '../web/answers.ts';
import { IssuePasswordReset } from './issue-password-reset.use-case.ts';
import {
  newPasswordResetSchema,
  openPasswordResetSchema,
  readPasswordResetBodySchema,
  usePasswordResetBodySchema,
} from './password-reset-bodies.ts';
import type { ReadPasswordResetBody, UsePasswordResetBody } from './password-reset-bodies.ts';
import { UsePasswordReset } from './use-password-reset.use-case.ts';

const GONE = { PASSWORD_RESET_INVALID: 'This link is not valid any more; ask for a new one.' };

/** For whoever has forgotten a password, and for who helps them. */
@ApiTags('users')
@Controller()
export class PasswordResetsController {
  constructor(
    @Inject(IssuePasswordReset) private readonly issueReset: IssuePasswordReset,
    @Inject(UsePasswordReset) private readonly useReset: UsePasswordReset,
    @Inject(Sessions) private readonly sessions: Sessions,
  ) {}

  /**
   * A link by which this person sets a new password, shown this once. It works once, for a day; the
   * one before it works no more.
   */
  @Requires('instance:manage')
  @Post('users/:id/password-resets')
  @Answers(201, newPasswordResetSchema)
  issue(
    @Param('id') id: string,
    @CurrentPrincipal() principal: Principal,
    @Req() request: Request,
  ) {
    return this.issueReset.run(id, principal, request);
  }

  /** Whose link it is. The token travels in the body: paths and queries end up in logs. */
  @Public()
  @Post('password-resets/read')
  @Answers(200, openPasswordResetSchema)
  @Refuses(403, GONE)
  read(
    @Body({ schema: readPasswordResetBodySchema }) { token }: ReadPasswordResetBody,
    @Req() request: Request,
  ) {
    return this.useReset.read(token, request.ip ?? '');
  }

  /** Sets the password, uses the link up, ends every session of theirs, and signs in. */
  @Public()
  @Post('password-resets/use')
  @Answers(201, sessionAnswerSchema)
  @Refuses(403, GONE)
  async use(
    @Body({ schema: usePasswordResetBodySchema }) body: UsePasswordResetBody,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    const user = await this.useReset.run(body, request);
    const token = await this.sessions.begin(user.id, request);
    setSessionCookie(request, response, token, SESSION_LIFETIME_MS);
    return sessionAnswerOf(userOf(user), user.standings);
  }
}

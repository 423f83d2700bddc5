import { Body, Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import {
  acceptInvitationBodySchema,
  openInvitationSchema,
  readInvitationBodySchema,
} from '#control';
import type { AcceptInvitationBody, ReadInvitationBody } from '#control';
import { Public } from '../auth/public.ts';
import { sessionAnswerOf, sessionAnswerSchema } from '../auth/session-answer.ts';
import { setSessionCookie } from '../auth/session-cookie.ts';
import { Sessions, SESSION_LIFETIME_MS, userOf } from '../auth/sessions.ts';
import { Answers, Refuses } from '../web/answers.ts';
import { AcceptInvitation } from './accept-invitation.use-case.ts';

const GONE = { INVITATION_INVALID: 'This invitation is not valid any more; ask for a new one.' };

/** For whoever holds a link, and is nobody here yet. */
@ApiTags('invitations')
@Controller('invitations')
export class OpenInvitationsController {
  constructor(
    @Inject(AcceptInvitation) private readonly acceptInvitation: AcceptInvitation,
    @Inject(Sessions) private readonly sessions: Sessions,
  ) {}

  /** What the link is for. The token travels in the body: paths and queries end up in logs. */
  @Public()
  @Post('read')
  @Answers(200, openInvitationSchema)
  @Refuses(403, GONE)
  read(
    @Body({ schema: readInvitationBodySchema }) { token }: ReadInvitationBody,
    @Req() request: Request,
  ) {
    return this.acceptInvitation.read(token, request.ip ?? '');
  }

  /** Makes the account, or takes the one that there is; uses the link up; signs in. */
  @Public()
  @Post('accept')
  @Answers(201, sessionAnswerSchema)
  @Refuses(401, { SIGN_IN_REFUSED: 'The e-mail address or the password is wrong.' })
  @Refuses(403, GONE)
  async accept(
    @Body({ schema: acceptInvitationBodySchema }) body: AcceptInvitationBody,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    const user = await this.acceptInvitation.run(body, request);
    const token = await this.sessions.begin(user.id, request);
    setSessionCookie(request, response, token, SESSION_LIFETIME_MS);
    return sessionAnswerOf(userOf(user), user.standings);
  }
}

import { Body, Controller, Delete, Get, Inject, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { changePasswordBodySchema, signedInSessionSchema } from '#control';
import type { ChangePasswordBody } from '#control';
import { Answers, AnswersNothing, Refuses } from '../web/answers.ts';
import { ChangePassword } from './change-password.use-case.ts';
import { CurrentPrincipal } from './principal.ts';
import type { Principal } from './principal.ts';
import { ProblemError } from '../problem/problem-error.ts';
import { SignedIn } from './requires.ts';
import { Sessions } from './sessions.ts';

const listSchema = z.object({ items: z.array(signedInSessionSchema) });

/** What concerns nobody but the one who asks. */
@ApiTags('session')
@Controller()
export class AccountController {
  constructor(
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(ChangePassword) private readonly changePassword: ChangePassword,
  ) {}

  /** Where the caller is signed in, the latest use first. Tokens are signed in nowhere. */
  @SignedIn()
  @Get('sessions')
  @Answers(200, listSchema)
  async list(@CurrentPrincipal() principal: Principal) {
    if (principal.kind !== 'user') return { items: [] };
    const items = await this.sessions.listOf(principal.user.id);
    return {
      items: items.map((item) => ({ ...item, isCurrent: item.id === principal.sessionId })),
    };
  }

  /** Signs out there. */
  @SignedIn()
  @Delete('sessions/:id')
  @AnswersNothing()
  @Refuses(404, { SESSION_NOT_FOUND: 'There is no such session.' })
  async end(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<void> {
    const isEnded =
      principal.kind === 'user' && (await this.sessions.endOne(principal.user.id, id));
    if (!isEnded) throw new ProblemError('SESSION_NOT_FOUND');
  }

  /** Every other session of the caller ends. */
  @SignedIn()
  @Put('session/password')
  @AnswersNothing()
  @Refuses(403, { PASSWORD_WRONG: 'The present password is wrong.' })
  async change(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: changePasswordBodySchema }) body: ChangePasswordBody,
  ): Promise<void> {
    await this.changePassword.run(principal, body);
  }
}

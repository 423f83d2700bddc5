import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { passwordSchema } from '#contracts';
import type { AcceptInvitationBody, OpenInvitation } from '#control';
import type { Clock } from '#kernel';
import { Database } from '#persistence';
import type { OpenInvitationRecord, UserRecord, UserWithPassword } from '#persistence';
import { AuditLog } from '../audit/audit-log.ts';
import { AccessChanges } from '../auth/access-changes.ts';
import { AttemptLimiter } from '../auth/attempt-limiter.ts';
import { countAttemptFrom, hashOfLink, LINK_ATTEMPT_LIMITS } from '../auth/attempts.ts';
import { PasswordWork } from '../auth/password-work.ts';
import { CLOCK } from '../infrastructure/tokens.ts';
import { ProblemError } from '../problem/problem-error.ts';
import { validationFault } from '../problem/validation.ts';
import { invitationView } from './invitation-view.ts';

@Injectable()
export class AcceptInvitation {
  readonly #attempts: AttemptLimiter;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PasswordWork) private readonly passwords: PasswordWork,
    @Inject(AccessChanges) private readonly changes: AccessChanges,
    @Inject(AuditLog) private readonly audit: AuditLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.#attempts = new AttemptLimiter(LINK_ATTEMPT_LIMITS, clock);
  }

  async read(token: string, address: string): Promise<OpenInvitation> {
    countAttemptFrom(this.#attempts, address);
    const invitation = await this.#find(token);
    const account = await this.database.system.users.findByEmail(invitation.email);
    const { workspaceName } = invitation;
    return { ...invitationView(invitation), workspaceName, hasAccount: account !== undefined };
  }

  /**
   * Who has an account proves with its password that it is theirs: the link alone, which others
   * have seen, must not open it. Rejects with INVITATION_INVALID, SIGN_IN_REFUSED, MEMBER_EXISTS,
   * VALIDATION_FAILED or TOO_MANY_ATTEMPTS.
   */
  async run(body: AcceptInvitationBody, request: Request): Promise<UserRecord> {
    countAttemptFrom(this.#attempts, request.ip ?? '');
    const invitation = await this.#find(body.token);
    const { users, invitations } = this.database.system;
    const account = await users.findByEmail(invitation.email);
    const who =
      account === undefined
        ? { newUser: await this.#newUser(invitation, body) }
        : { userId: await this.#provenId(account, body) };
    const now = new Date(this.clock.wallMs());
    const acceptance = await invitations.accept(hashOfLink(body.token), now, who);
    if (acceptance.kind === 'gone') throw new ProblemError('INVITATION_INVALID');
    if (acceptance.kind === 'member-already') throw new ProblemError('MEMBER_EXISTS');
    const { userId, workspaceId } = acceptance;
    const user = await users.find(userId);
    if (user === undefined) throw new ProblemError('INVITATION_INVALID');
    this.changes.tell();
    await this.audit.writeOf({ kind: 'user', id: userId, name: user.email, workspaceId }, request, {
      action: 'invitation.accept',
      target: { kind: 'invitation', id: invitation.id },
    });
    return user;
  }

  async #find(token: string): Promise<OpenInvitationRecord> {
    const now = new Date(this.clock.wallMs());
    const found = await this.database.system.invitations.find(hashOfLink(token), now);
    if (found === undefined) throw new ProblemError('INVITATION_INVALID');
    return found;
  }

  async #newUser({ email }: OpenInvitationRecord, { password, name }: AcceptInvitationBody) {
    const checked = passwordSchema.safeParse(password);
    if (!checked.success) {
      throw validationFault(
        checked.error.issues.map((issue) => ({ ...issue, path: ['password'] })),
      );
    }
    return { email, name: name ?? null, passwordHash: await this.passwords.hash(password) };
  }

  async #provenId(account: UserWithPassword, { password }: AcceptInvitationBody) {
    if (await this.passwords.verify(password, account.passwordHash)) return account.id;
    throw new ProblemError('SIGN_IN_REFUSED');
  }
}

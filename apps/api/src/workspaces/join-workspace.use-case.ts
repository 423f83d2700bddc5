import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Member, Role } from '#control';
import { Database } from '#persistence';
import { AuditLog } from '../audit/audit-log.ts';
import type { Principal } from '../auth/principal.ts';
import { ProblemError } from '../problem/problem-error.ts';
import { memberView } from '../members/member-view.ts';

@Injectable()
export class JoinWorkspace {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AuditLog) private readonly audit: AuditLog,
  ) {}

  /** Rejects with NOT_ALLOWED for tokens, WORKSPACE_NOT_FOUND or MEMBER_EXISTS. */
  async run(principal: Principal, request: Request, id: string, role: Role): Promise<Member> {
    if (principal.kind !== 'user') {
      throw new ProblemError('NOT_ALLOWED', 'A token is no member; invite somebody instead.');
    }
    const workspace = await this.database.system.workspaces.find(id);
    if (workspace === undefined) throw new ProblemError('WORKSPACE_NOT_FOUND');
    const { members } = this.database.workspace(workspace.id);
    const { user } = principal;
    if (!(await members.add(user.id, role))) throw new ProblemError('MEMBER_EXISTS');
    // Told where its members look, not in the workspace that the caller came from.
    const actor = { kind: principal.kind, id: user.id, name: user.email };
    await this.audit.writeOf({ ...actor, workspaceId: workspace.id }, request, {
      action: 'workspace.join',
      target: { kind: 'member', id: user.id, name: user.email },
      detail: { role },
    });
    const member = await members.find(user.id);
    if (member === undefined) throw new ProblemError('MEMBER_NOT_FOUND');
    return memberView(member);
  }
}

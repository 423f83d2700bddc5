import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.ts';
import { AcceptInvitation } from '../invitations/accept-invitation.use-case.ts';
import { InvitationsController } from '../invitations/invitations.controller.ts';
import { Invite } from '../invitations/invite.use-case.ts';
import { OpenInvitationsController } from '../invitations/open-invitations.controller.ts';
import { MembersController } from '../members/members.controller.ts';
import { IssuePasswordReset } from '../password-resets/issue-password-reset.use-case.ts';
import { PasswordResetsController } from '../password-resets/password-resets.controller.ts';
import { UsePasswordReset } from '../password-resets/use-password-reset.use-case.ts';
import { ReadUsage } from '../quotas/read-usage.use-case.ts';
import { RelayCommandsModule } from '../relay-commands/relay-commands.module.ts';
import { CreateApiToken } from '../tokens/create-api-token.use-case.ts';
import { TokensController } from '../tokens/tokens.controller.ts';
import { UsersController } from '../users/users.controller.ts';
import { JoinWorkspace } from './join-workspace.use-case.ts';
import { OwnWorkspaceController } from './own-workspace.controller.ts';
import { RemoveWorkspace } from './remove-workspace.use-case.ts';
import { WorkspacesController } from './workspaces.controller.ts';

/** Who works where: workspaces, members, invitations, tokens, users, what is used of the quotas. */
@Module({
  imports: [AuthModule, RelayCommandsModule],
  controllers: [
    WorkspacesController,
    OwnWorkspaceController,
    MembersController,
    OpenInvitationsController,
    InvitationsController,
    PasswordResetsController,
    TokensController,
    UsersController,
  ],
  providers: [
    AcceptInvitation,
    CreateApiToken,
    Invite,
    IssuePasswordReset,
    JoinWorkspace,
    ReadUsage,
    RemoveWorkspace,
    UsePasswordReset,
  ],
})
export class WorkspacesModule {}

import { Module } from '@nestjs/common';

/** Who works where: workspaces, members, invitations, tokens, quotas. */
@Module({})
export class WorkspacesModule {}

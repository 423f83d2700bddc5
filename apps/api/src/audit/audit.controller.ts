import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { cursorQuerySchema, pageSchema } from '#contracts';
import { auditRecordSchema } from '#control';
import type { AuditRow, WorkspaceDatabase } from '#persistence';
import { CurrentWorkspace } from '../auth/principal.ts';
import { Requires } from '../auth/requires.ts';
import { Answers } from '../web/answers.ts';

const filterSchema = z.string().min(1).max(200).optional();
const auditQuerySchema = cursorQuerySchema.extend({
  /** `destination.change`. */
  action: filterSchema,
  actorId: filterSchema,
  targetId: filterSchema,
});
type AuditQuery = z.infer<typeof auditQuerySchema>;

/** Who did what in a workspace. */
@ApiTags('audit')
@Controller('audit')
export class AuditController {
  /** Newest first. */
  @Requires('audit:read')
  @Get()
  @Answers(200, pageSchema(auditRecordSchema))
  async list(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Query({ schema: auditQuerySchema }) query: AuditQuery,
  ) {
    const page = await workspace.audit.page(query);
    return { ...page, items: page.items.map(recordView) };
  }
}

function recordView(row: AuditRow) {
  const { id, at, actorKind, actorId, actorName, action, address, requestId, detail } = row;
  const { targetKind, targetId, targetName } = row;
  return {
    ...{ id, action, address, requestId, detail },
    at: at.toISOString(),
    actor: { kind: actorKind, id: actorId, name: actorName },
    target: targetKind === null ? null : { kind: targetKind, id: targetId, name: targetName },
  };
}

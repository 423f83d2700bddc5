import { Global, Module } from '@nestjs/common';
import { AuditLog, StoredAuditLog } from './audit-log.ts';

/** Who did what. */
@Global()
@Module({ providers: [{ provide: AuditLog, useClass: StoredAuditLog }], exports: [AuditLog] })
export class AuditModule {}

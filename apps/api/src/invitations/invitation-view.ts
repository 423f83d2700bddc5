import type { Invitation } from '#control';
import type { InvitationRecord } from '#persistence';

export function invitationView(record: InvitationRecord): Invitation {
  const { id, email, role, createdAt, expiresAt } = record;
  return {
    ...{ id, email, role },
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}

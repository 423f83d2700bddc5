import type { Member } from '#control';
import type { MemberRecord } from '#persistence';

export function memberView(record: MemberRecord): Member {
  return { ...record, createdAt: record.createdAt.toISOString() };
}

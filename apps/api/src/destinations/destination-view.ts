import type { Destination } from '#contracts';
import type { DestinationRecord } from '#persistence';

export function destinationView(record: DestinationRecord): Destination {
  return {
    ...record,
    createdAt: record.createdAt.toISOString(),
    updatedAt: record.updatedAt.toISOString(),
  };
}

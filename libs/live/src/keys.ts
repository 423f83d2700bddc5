/** Every key of ours in Redis begins with this; BullMQ's keys have a prefix of their own. */
const PREFIX = 'forkcast:live';

export const liveKeys = {
  nodes: `${PREFIX}:nodes`,
  node: (nodeId: string) => `${PREFIX}:node:${nodeId}`,
  owner: (streamId: string) => `${PREFIX}:owner:${streamId}`,
  status: (streamId: string) => `${PREFIX}:status:${streamId}`,
  statuses: `${PREFIX}:statuses`,
  push: (destinationId: string) => `${PREFIX}:push:${destinationId}`,
  token: (destinationId: string) => `${PREFIX}:token:${destinationId}`,
  events: `${PREFIX}:events`,
  statistics: `${PREFIX}:statistics`,
  probe: `${PREFIX}:probe`,
} as const;

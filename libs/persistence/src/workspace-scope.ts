import { assert } from '#kernel';
import type { Prisma } from './generated/client.ts';

/**
 * Whose rows a model has. `itself`: the workspace's own row. `owned`: by `workspace_id`.
 * `by-parent`: reached through a parent that is owned, by the relation of that name. `system`: not
 * to be reached from within a workspace at all.
 */
type Ownership = 'itself' | 'owned' | 'system' | { readonly parent: string };

/** A model that is new does not compile until it is said here whose it is. */
const OWNERSHIP: Readonly<Record<Prisma.ModelName, Ownership>> = {
  Workspace: 'itself',
  Membership: 'owned',
  Invitation: 'owned',
  ApiToken: 'owned',
  AuditEntry: 'owned',
  UsageDay: 'owned',
  Stream: 'owned',
  Slate: 'owned',
  IngestKey: 'owned',
  Destination: 'owned',
  PlatformSession: 'owned',
  Schedule: 'owned',
  ScheduleEdge: { parent: 'schedule' },
  Broadcast: 'owned',
  Event: 'owned',
  StatisticsBucket: 'owned',
  WebhookEndpoint: 'owned',
  OutboxEvent: 'owned',
  WebhookDelivery: 'owned',
  // History of a broadcast without a column of its own: see `WorkspaceClient.ofBroadcast`.
  Attempt: 'system',
  StatisticsSecond: 'system',
  User: 'system',
  Session: 'system',
  SetUpToken: 'system',
  PasswordReset: 'system',
  IdempotencyKey: 'system',
  UsedPublishLink: 'system',
  MasterKey: 'system',
};

type Fields = Readonly<Record<string, unknown>>;

/**
 * What is asked, narrowed to one workspace: no `where` of the caller can get round it, and nothing
 * is made for, or moved to, another. Raw queries do not come past here: `ModelQueries` has none.
 */
export function scopedArguments(
  workspaceId: string,
  model: Prisma.ModelName,
  operation: string,
  given: unknown,
): Fields {
  const args = fieldsOf(given ?? {});
  const scope = scopeOf(OWNERSHIP[model], workspaceId);
  assert(scope !== undefined, `${model} is not to be reached from within a workspace`);
  switch (operation) {
    case 'findUnique':
    case 'findUniqueOrThrow':
    case 'findFirst':
    case 'findFirstOrThrow':
    case 'findMany':
    case 'count':
    case 'aggregate':
    case 'groupBy':
    case 'delete':
    case 'deleteMany':
      return { ...args, where: within(scope, args['where']) };
    case 'update':
    case 'updateMany':
    case 'updateManyAndReturn':
      assertStays(args['data']);
      return { ...args, where: within(scope, args['where']) };
    case 'create':
    case 'createMany':
    case 'createManyAndReturn':
      assert(OWNERSHIP[model] === 'owned', `${model} is made by its parent, or not from here`);
      return { ...args, data: madeIn(workspaceId, args['data']) };
    default:
      // Among them upsert, whose two halves would have to be narrowed differently.
      assert(false, `${model}.${operation} is not for use within a workspace`);
  }
}

function scopeOf(ownership: Ownership, workspaceId: string): Fields | undefined {
  if (ownership === 'system') return undefined;
  if (ownership === 'itself') return { id: workspaceId };
  if (ownership === 'owned') return { workspaceId };
  return { [ownership.parent]: { workspaceId } };
}

/** Every field of a `where` must hold: the caller's OR stands beside the scope, not before it. */
function within(scope: Fields, where: unknown): Fields {
  const fields = fieldsOf(where ?? {});
  return { ...fields, AND: [scope, fields['AND'] ?? []].flat() };
}

function madeIn(workspaceId: string, data: unknown): unknown {
  if (Array.isArray(data)) return data.map((each: unknown) => madeIn(workspaceId, each));
  const fields = fieldsOf(data);
  assertNoConnection(fields);
  return { ...fields, workspaceId };
}

function assertStays(data: unknown): void {
  const fields = fieldsOf(data);
  assert(
    !('workspaceId' in fields || 'workspace' in fields),
    'a row does not change its workspace',
  );
  assertNoConnection(fields);
}

/** `connect` would take a row of any workspace and hang it on one of this. */
function assertNoConnection(fields: Fields): void {
  for (const value of Object.values(fields)) {
    const nested = typeof value === 'object' && value !== null ? Object.keys(value) : [];
    assert(
      !nested.some((key) => key === 'connect' || key === 'connectOrCreate'),
      'rows are tied together by their ids, not by connect',
    );
  }
}

function fieldsOf(value: unknown): Fields {
  assert(typeof value === 'object' && value !== null, 'arguments are objects');
  return value as Fields;
}

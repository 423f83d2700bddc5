import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AssertionError } from '#kernel';
import { Prisma } from './generated/client.ts';
import { scopedArguments } from './workspace-scope.ts';

const OURS = '01920000-0000-7000-8000-00000000000a';
const THEIRS = '01920000-0000-7000-8000-00000000000b';
const NARROWED = [
  ...['findUnique', 'findUniqueOrThrow', 'findFirst', 'findFirstOrThrow', 'findMany'],
  ...['count', 'aggregate', 'groupBy', 'delete', 'deleteMany'],
  ...['update', 'updateMany', 'updateManyAndReturn'],
];
const models = Object.values(Prisma.ModelName);
const SYSTEM = ['User', 'Session', 'SetUpToken', 'IdempotencyKey', 'UsedPublishLink'];
const CHILDREN = ['Attempt', 'StatisticsSecond'];
const OUT_OF_REACH = new Set<string>([...SYSTEM, 'PasswordReset', 'MasterKey', ...CHILDREN]);
const ours = models.filter((model) => !OUT_OF_REACH.has(model));

/** Conditions, as Prisma takes them: one, or several. */
const condition = fc.dictionary(fc.string(), fc.jsonValue());
const wishes = fc.oneof(condition, fc.array(condition));

const run = (model: Prisma.ModelName, operation: string, args: unknown) =>
  scopedArguments(OURS, model, operation, args);

describe('what a workspace asks', () => {
  it('is narrowed to it, whatever else the caller wants', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ours),
        fc.constantFrom(...NARROWED),
        fc.dictionary(fc.constantFrom('OR', 'AND', 'NOT', 'id', 'workspaceId'), wishes),
        (model, operation, where) => {
          const { where: narrowed } = run(model, operation, { where, data: {} });
          const all = (narrowed as { AND: unknown[] }).AND;
          const scope = model === 'Workspace' ? { id: OURS } : { workspaceId: OURS };
          expect(all[0]).toEqual(model === 'ScheduleEdge' ? { schedule: scope } : scope);
          // And what the caller wants holds, too.
          const { AND: _all, ...rest } = narrowed as Record<string, unknown>;
          const { AND: also, ...wanted } = where;
          expect(rest).toEqual(wanted);
          expect(all.slice(1)).toEqual(also === undefined ? [] : [also].flat());
        },
      ),
    );
  });

  it.each([undefined, {}])('is narrowed when it is %j', (args) => {
    expect(run('Stream', 'findMany', args)).toEqual({ where: { AND: [{ workspaceId: OURS }] } });
  });

  it.each(['create', 'createMany', 'createManyAndReturn'])('is made in it by %s', (operation) => {
    const data = { name: 'Show', workspaceId: THEIRS };
    expect(run('Stream', operation, { data })).toEqual({ data: { ...data, workspaceId: OURS } });
    expect(run('Stream', operation, { data: [data, {}] })).toEqual({
      data: [{ ...data, workspaceId: OURS }, { workspaceId: OURS }],
    });
  });

  it.each([{ workspaceId: THEIRS }, { workspace: { connect: { id: THEIRS } } }])(
    'does not leave it: %j',
    (data) => {
      expect(() => run('Stream', 'update', { where: {}, data })).toThrow(AssertionError);
    },
  );

  it.each(['connect', 'connectOrCreate'])('ties nothing of another to it by %s', (verb) => {
    const data = { destinations: { [verb]: { id: 'x' } } };
    expect(() => run('Stream', 'update', { where: {}, data })).toThrow(AssertionError);
    expect(() => run('Stream', 'create', { data })).toThrow(AssertionError);
  });

  it.each(models.filter((model) => OUT_OF_REACH.has(model)))('never reaches %s', (model) => {
    for (const operation of NARROWED) {
      expect(() => run(model, operation, { where: {}, data: {} })).toThrow(AssertionError);
    }
  });

  it.each(['upsert', 'findRaw', 'whatComesNext'])('is not known: %s', (operation) => {
    expect(() => run('Stream', operation, { where: {} })).toThrow(AssertionError);
  });

  it.each(['Workspace', 'ScheduleEdge'] as const)('makes no %s from here', (model) => {
    expect(() => run(model, 'create', { data: {} })).toThrow(AssertionError);
  });
});

import { useCallback, useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { Button } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import { NotForYou } from '../../components/not-for-you.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { adminApi } from '../../lib/admin-api.ts';
import type { AuditFilters } from '../../lib/admin-api.ts';
import type { Named } from '../../lib/client.ts';
import { to } from '../../lib/routes.ts';
import { useSession, workspaceOf } from '../../lib/session.ts';
import { momentWords } from '../../lib/time-words.ts';
import { usePages } from '../../lib/use-pages.ts';
import { deedOptions, deedWords, detailWords } from './audit-words.ts';

type Entry = Named<'AuditRecord'>;
/** Names of those who did something, by their ids. */
type Actors = ReadonlyMap<string, string>;

/** Who did what in the workspace. What is looked for stands in the address. */
export function AuditPage() {
  const isOwner = workspaceOf(useSession())?.role === 'owner';
  if (!isOwner) return <NotForYou title="Audit log" whom="The owners of this workspace" />;
  return <AuditLog />;
}

function AuditLog() {
  const filters = filtersIn(useSearch());
  const { action, actorId, targetId } = filters;
  const [, navigate] = useLocation();
  const [actors, setActors] = useState<Actors>(new Map());
  const load = useCallback(
    async (cursor?: string) => {
      const page = await adminApi.audit(narrowed({ action, actorId, targetId }), cursor);
      setActors((known) => withActors(known, page.items));
      return page;
    },
    [action, actorId, targetId],
  );
  const { items, problem, older, reload } = usePages(load);
  const narrow = (change: Partial<Filters>): void =>
    navigate(to.auditOf(narrowed({ ...filters, ...change })));
  return (
    <>
      <PageHead title="Audit log">
        <Button onClick={reload}>Look again</Button>
      </PageHead>
      <section className="card" aria-label="Filters">
        <Choice
          label="What"
          value={action ?? ''}
          options={deedOptions(action)}
          onChange={({ target }) => narrow({ action: target.value })}
        />
        <Choice
          label="Who"
          value={actorId ?? ''}
          options={actorOptions(actors, actorId)}
          onChange={({ target }) => narrow({ actorId: target.value })}
        />
        {targetId !== undefined && (
          <Button onClick={() => narrow({ targetId: undefined })}>
            About one thing only: show all
          </Button>
        )}
      </section>
      <ProblemNote problem={problem} />
      {items === undefined && problem === undefined && <p className="quiet-start">Loading…</p>}
      {items?.length === 0 && <p>Nothing of this kind is written down.</p>}
      {items !== undefined && items.length > 0 && (
        <section className="card" aria-label="What was done">
          <ul className="rows">
            {items.map((entry) => (
              <EntryRow key={entry.id} entry={entry} filters={filters} />
            ))}
          </ul>
          {older !== undefined && (
            <div className="deeds">
              <Button onClick={older}>Older</Button>
            </div>
          )}
        </section>
      )}
    </>
  );
}

interface EntryRowProps {
  readonly entry: Entry;
  readonly filters: Filters;
}

function EntryRow({ entry, filters }: EntryRowProps) {
  const { at, actor, action, target, address, detail } = entry;
  const more = detailWords(detail);
  return (
    <li>
      <span>
        <strong>
          <bdi>{actor.name}</bdi>
        </strong>
        : {deedWords(action)}
        {target !== null && <Target target={target} filters={filters} />}
        <span className="hint line">
          <time dateTime={at}>{momentWords(at)}</time>
          {address !== null && `, from ${address}`}
        </span>
        {more !== '' && <span className="hint line">{more}</span>}
      </span>
    </li>
  );
}

interface TargetProps {
  readonly target: NonNullable<Entry['target']>;
  readonly filters: Filters;
}

/** A way to all that was done to it. */
function Target({ target, filters }: TargetProps) {
  const { kind, id, name } = target;
  const words = name ?? `this ${kind}`;
  if (id === null) return name === null ? null : <>, {name}</>;
  if (id === filters.targetId) return <>, {words}</>;
  return (
    <>
      , <Link href={to.auditOf({ targetId: id })}>{words}</Link>
    </>
  );
}

interface Filters {
  readonly action: string | undefined;
  readonly actorId: string | undefined;
  readonly targetId: string | undefined;
}

function filtersIn(search: string): Filters {
  const query = new URLSearchParams(search);
  const textOf = (name: keyof Filters): string | undefined => query.get(name) ?? undefined;
  return { action: textOf('action'), actorId: textOf('actorId'), targetId: textOf('targetId') };
}

/** Without what is empty. */
function narrowed({ action, actorId, targetId }: Filters): AuditFilters {
  const isSet = (text: string | undefined): text is string => text !== undefined && text !== '';
  return {
    ...(isSet(action) && { action }),
    ...(isSet(actorId) && { actorId }),
    ...(isSet(targetId) && { targetId }),
  };
}

function withActors(known: Actors, entries: readonly Entry[]): Actors {
  const news = entries.filter(({ actor }) => !known.has(actor.id));
  if (news.length === 0) return known;
  return new Map([...known, ...news.map(({ actor }) => [actor.id, actor.name] as const)]);
}

function actorOptions(actors: Actors, chosen: string | undefined): (readonly [string, string])[] {
  const isKnown = chosen === undefined || actors.has(chosen);
  return [['', 'Everybody'], ...actors, ...(isKnown ? [] : [[chosen, chosen] as const])];
}

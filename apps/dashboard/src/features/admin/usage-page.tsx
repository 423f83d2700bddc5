import { NotForYou } from '../../components/not-for-you.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { adminApi } from '../../lib/admin-api.ts';
import { useResource } from '../../lib/resource.ts';
import { useSession, workspaceOf } from '../../lib/session.ts';
import { UsageDays, UsageFigures } from './usage-figures.tsx';
import './admin.css';

/** What one's own workspace uses of what it may. */
export function UsagePage() {
  const role = workspaceOf(useSession())?.role;
  if (role === undefined || role === 'viewer') {
    return <NotForYou title="Usage" whom="The owners and operators of this workspace" />;
  }
  return <OwnUsage />;
}

function OwnUsage() {
  const { state } = useResource(adminApi.usage);
  return (
    <>
      <PageHead title="Usage" />
      <p className="lead">Limits are set by those who run this Forkcast.</p>
      {state.kind === 'loading' && <p className="quiet-start">Loading…</p>}
      {state.kind !== 'loading' && <ProblemNote problem={state.problem} />}
      {state.kind === 'ready' && (
        <section className="card" aria-label="This month">
          <UsageFigures usage={state.value} />
          <UsageDays days={state.value.days} />
        </section>
      )}
    </>
  );
}

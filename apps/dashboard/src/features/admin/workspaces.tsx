import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { adminApi } from '../../lib/admin-api.ts';
import { api } from '../../lib/api.ts';
import type { Named } from '../../lib/client.ts';
import { useResource } from '../../lib/resource.ts';
import { useList } from '../../lib/use-list.ts';
import { CreateWorkspaceDialog } from './workspace-dialogs.tsx';
import { WorkspaceRow } from './workspace-row.tsx';

/** All workspaces, with what each may use. */
export function Workspaces() {
  const { items, problem, reload } = useList(adminApi.workspaces);
  // The session that the page began with does not know of what was made or joined since.
  const session = useResource(api.session);
  const [making, setMaking] = useState(false);
  // Until it is known who is a member of what, nobody is said to be none.
  const isKnown = session.state.kind !== 'loading';
  const memberships: Named<'Session'>['workspaces'] =
    session.state.kind === 'ready' ? session.state.value.workspaces : [];
  const lookAgain = async (): Promise<void> => {
    session.reload();
    await reload();
  };
  return (
    <section className="card" aria-label="Workspaces">
      <div className="page-head">
        <h2>Workspaces</h2>
        <Button look="main" onClick={() => setMaking(true)}>
          Make a workspace
        </Button>
      </div>
      <p className="hint">
        What happens inside one is seen by its members alone. Whoever runs Forkcast joins for that,
        and its audit log says so.
      </p>
      <ProblemNote problem={problem} />
      <ul className="rows">
        {(isKnown ? items : undefined)?.map((workspace) => (
          <WorkspaceRow
            key={workspace.id}
            workspace={workspace}
            role={memberships.find(({ id }) => id === workspace.id)?.role}
            reload={lookAgain}
          />
        ))}
      </ul>
      {making && (
        <CreateWorkspaceDialog
          onClose={() => setMaking(false)}
          onMade={() => {
            setMaking(false);
            void lookAgain();
          }}
        />
      )}
    </section>
  );
}

import { workspaceOf } from '../../lib/session.ts';
import type { Session } from '../../lib/session.ts';
import { chooseWorkspace } from '../../lib/workspace-choice.ts';

/** Which workspace this page is about, for those who have several. */
export function WorkspaceMenu({ session }: { readonly session: Session }) {
  const { workspaces } = session;
  if (workspaces.length < 2) return null;
  return (
    <select
      aria-label="Workspace"
      value={workspaceOf(session)?.id}
      onChange={(event) => chooseWorkspace(event.target.value)}
    >
      {workspaces.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}

import { Button } from '../../components/button.tsx';
import type { Named } from '../../lib/client.ts';
import { chosenWorkspace, chooseWorkspace } from '../../lib/workspace-choice.ts';

interface WorkspaceMenuProps {
  readonly session: Named<'Session'>;
  readonly onPeople: () => void;
}

/** Which workspace this page is about, for those who have several; and its people, for owners. */
export function WorkspaceMenu({ session: { workspaces }, onPeople }: WorkspaceMenuProps) {
  const current = workspaces.find(({ id }) => id === chosenWorkspace()) ?? workspaces[0];
  return (
    <>
      {workspaces.length > 1 && (
        <select
          aria-label="Workspace"
          value={current?.id}
          onChange={(event) => chooseWorkspace(event.target.value)}
        >
          {workspaces.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
      {current?.role === 'owner' && <Button onClick={onPeople}>People and tokens</Button>}
    </>
  );
}

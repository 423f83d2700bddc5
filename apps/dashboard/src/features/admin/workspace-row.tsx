import { useState } from 'react';
import type { Role } from '#control';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { adminApi } from '../../lib/admin-api.ts';
import type { Named } from '../../lib/client.ts';
import { useSession, workspaceOf } from '../../lib/session.ts';
import type { Tagged } from '../../lib/tagged.ts';
import { toasts } from '../../lib/toasts.ts';
import { useAction } from '../../lib/use-action.ts';
import { chooseWorkspace } from '../../lib/workspace-choice.ts';
import { leaveRemoved } from './leave-removed.ts';
import { UsageFigures } from './usage-figures.tsx';
import { quotaWords } from './usage-words.ts';
import { JoinWorkspaceDialog, WorkspaceSettingsDialog } from './workspace-dialogs.tsx';

type Workspace = Named<'Workspace'>;

interface WorkspaceRowProps {
  readonly workspace: Workspace;
  /** What one is there; undefined: no member. */
  readonly role: Role | undefined;
  readonly reload: () => Promise<void>;
}

export function WorkspaceRow({ workspace, role, reload }: WorkspaceRowProps) {
  const { id, name, quota } = workspace;
  const here = workspaceOf(useSession());
  const [asked, setAsked] = useState<'join' | 'remove'>();
  const [seen, setSeen] = useState<Tagged<Workspace>>();
  const [usage, setUsage] = useState<Named<'Usage'>>();
  const { busy, problem, run } = useAction();
  const close = (): void => {
    setAsked(undefined);
    setSeen(undefined);
    void reload();
  };
  const remove = (): void =>
    run(async () => {
      setAsked(undefined);
      await adminApi.removeWorkspace(id);
      toasts.say(`The workspace ${name} was removed.`);
      if (here?.id === id) leaveRemoved();
      else await reload();
    });
  const showUsage = (): void => run(async () => setUsage(await adminApi.usageOf(id)));
  return (
    <li>
      <span>
        <bdi>{name}</bdi>
        <span className="hint line">
          {quotaWords(quota)}. {role === undefined ? 'You are no member.' : `You are ${role}.`}
        </span>
        <ProblemNote problem={problem} />
      </span>
      {role !== undefined && role !== 'viewer' && (
        <Button busy={busy} aria-label={`Usage of ${name}`} onClick={showUsage}>
          Usage
        </Button>
      )}
      <Button
        busy={busy}
        aria-label={`Change ${name}`}
        onClick={() => run(async () => setSeen(await adminApi.workspace(id)))}
      >
        Change
      </Button>
      {role === undefined && (
        <Button aria-label={`Join ${name}`} onClick={() => setAsked('join')}>
          Join
        </Button>
      )}
      {role !== undefined && here?.id !== id && (
        <Button aria-label={`Open ${name}`} onClick={() => chooseWorkspace(id)}>
          Open
        </Button>
      )}
      <Button busy={busy} aria-label={`Remove ${name}`} onClick={() => setAsked('remove')}>
        Remove
      </Button>
      {usage !== undefined && <UsageFigures usage={usage} />}
      {seen !== undefined && <WorkspaceSettingsDialog seen={seen} onClose={close} />}
      {asked === 'join' && <JoinWorkspaceDialog workspace={workspace} onClose={close} />}
      {asked === 'remove' && (
        <ConfirmDialog
          title={`Remove ${name}?`}
          text="Its streams go with all their keys, and nobody sees its history any more."
          verb="Remove"
          onClose={() => setAsked(undefined)}
          onConfirm={remove}
        />
      )}
    </li>
  );
}

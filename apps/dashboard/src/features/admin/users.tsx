import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { adminApi } from '../../lib/admin-api.ts';
import type { Named } from '../../lib/client.ts';
import { useSession } from '../../lib/session.ts';
import { useAction } from '../../lib/use-action.ts';
import { useList } from '../../lib/use-list.ts';
import { AddUserDialog } from './add-user-dialog.tsx';
import { leaveRemoved } from './leave-removed.ts';
import { PasswordLink } from './password-link.tsx';

/** Everybody who has an account. */
export function Users() {
  const { items, problem, reload } = useList(adminApi.users);
  const [adding, setAdding] = useState(false);
  return (
    <section className="card" aria-label="Users">
      <div className="page-head">
        <h2>Users</h2>
        <Button look="main" onClick={() => setAdding(true)}>
          Add a user
        </Button>
      </div>
      <ProblemNote problem={problem} />
      <ul className="rows">
        {items?.map((user) => (
          <UserRow key={user.id} user={user} reload={reload} />
        ))}
      </ul>
      {adding && (
        <AddUserDialog
          onClose={() => setAdding(false)}
          onMade={() => {
            setAdding(false);
            void reload();
          }}
        />
      )}
    </section>
  );
}

interface UserRowProps {
  readonly user: Named<'UserDetail'>;
  readonly reload: () => Promise<void>;
}

function UserRow({ user, reload }: UserRowProps) {
  const { id, email, name, isInstanceAdmin, isDisabled, workspaces } = user;
  const isOneself = useSession().user?.id === id;
  const [asking, setAsking] = useState(false);
  const { busy, problem, run } = useAction();
  const change = (body: Named<'ChangeUserBody'>): void =>
    run(async () => {
      setAsking(false);
      try {
        await adminApi.changeUser(id, body);
      } finally {
        // Also after a refusal: the list may be of an earlier time.
        await reload();
      }
      if (isOneself) leaveRemoved();
    });
  const standings = workspaces.map((each) => `${each.name} (${each.role})`).join(', ');
  return (
    <li>
      <span>
        <bdi>{name === null ? email : `${name}, ${email}`}</bdi>
        {isOneself && ' (you)'}
        <span className="hint line">
          {isInstanceAdmin && 'Runs this Forkcast. '}
          {isDisabled && 'Disabled. '}
          {standings === '' ? 'In no workspace.' : `In ${standings}.`}
        </span>
        <ProblemNote problem={problem} />
      </span>
      <PasswordLink user={user} />
      <Button
        busy={busy}
        aria-label={`${isInstanceAdmin ? 'Make no administrator' : 'Make administrator'}: ${email}`}
        onClick={() => change({ isInstanceAdmin: !isInstanceAdmin })}
      >
        {isInstanceAdmin ? 'Make no administrator' : 'Make administrator'}
      </Button>
      <Button
        busy={busy}
        aria-label={`${isDisabled ? 'Let in again' : 'Disable'}: ${email}`}
        onClick={() => (isDisabled ? change({ isDisabled: false }) : setAsking(true))}
      >
        {isDisabled ? 'Let in again' : 'Disable'}
      </Button>
      {asking && (
        <ConfirmDialog
          title={`Disable ${email}?`}
          text="They are signed out everywhere, and tokens that they made are refused."
          verb="Disable"
          onClose={() => setAsking(false)}
          onConfirm={() => change({ isDisabled: true })}
        />
      )}
    </li>
  );
}

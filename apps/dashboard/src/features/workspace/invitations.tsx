import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import { CopyLine } from '../../components/copy-line.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { api } from '../../lib/api.ts';
import type { Named } from '../../lib/client.ts';
import { textOf } from '../../lib/form-text.ts';
import { useAction } from '../../lib/use-action.ts';
import { roleFrom, roleWords } from './role-words.ts';
import { useList } from '../../lib/use-list.ts';

export function Invitations() {
  const { items, problem, reload } = useList(api.invitations);
  const [inviting, setInviting] = useState(false);
  const [made, setMade] = useState<Named<'NewInvitation'>>();
  const revoking = useAction();
  const revoke = (id: string): void =>
    revoking.run(async () => {
      // Also after a refusal: the list may be of an earlier time.
      try {
        await api.revokeInvitation(id);
      } finally {
        await reload();
      }
    });
  return (
    <section className="card" aria-label="Invitations">
      <div className="page-head">
        <h2>Invitations</h2>
        <Button look="main" onClick={() => setInviting(true)}>
          Invite
        </Button>
      </div>
      <ProblemNote problem={problem ?? revoking.problem} />
      <ul className="rows">
        {items?.map(({ id, email, role, expiresAt }) => (
          <li key={id}>
            <span>
              {email}, as {role}, until {new Date(expiresAt).toLocaleDateString()}
            </span>
            <Button
              busy={revoking.busy}
              aria-label={`Revoke the invitation of ${email}`}
              onClick={() => revoke(id)}
            >
              Revoke
            </Button>
          </li>
        ))}
      </ul>
      {inviting && (
        <InviteDialog
          onClose={() => setInviting(false)}
          onMade={(invitation) => {
            setInviting(false);
            setMade(invitation);
            void reload();
          }}
        />
      )}
      {made && (
        <Dialog title={`Send this to ${made.email}`} onClose={() => setMade(undefined)}>
          <CopyLine label="Link" value={new URL(made.link, location.origin).href} />
          <p>It works once, for seven days. It is shown only now.</p>
          <footer>
            <Button look="main" onClick={() => setMade(undefined)}>
              Done
            </Button>
          </footer>
        </Dialog>
      )}
    </section>
  );
}

interface InviteDialogProps {
  readonly onClose: () => void;
  readonly onMade: (invitation: Named<'NewInvitation'>) => void;
}

function InviteDialog({ onClose, onMade }: InviteDialogProps) {
  return (
    <FormDialog
      title="Invite"
      words={['Make the link', 'Making…']}
      submit={async (form) =>
        onMade(await api.invite(textOf(form, 'email'), roleFrom(textOf(form, 'role'))))
      }
      onClose={onClose}
    >
      {(problem) => (
        <>
          <Field
            label="E-mail"
            name="email"
            type="email"
            autoComplete="off"
            required
            fault={problem?.faultOf('email')}
          />
          <Choice label="Role" name="role" options={roleWords} />
        </>
      )}
    </FormDialog>
  );
}

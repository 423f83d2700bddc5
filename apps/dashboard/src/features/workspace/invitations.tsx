import { Choice } from '../../components/choice.tsx';
import { Field } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { api } from '../../lib/api.ts';
import type { Named } from '../../lib/client.ts';
import { textOf } from '../../lib/form-text.ts';
import { Grants } from './grants.tsx';
import type { GrantFormProps } from './grants.tsx';
import { roleFrom, roleWords } from '../../lib/role-words.ts';

/** Who may come in by a link that they were sent. */
export function Invitations() {
  return (
    <Grants
      title="Invitations"
      verb="Invite"
      empty="Nobody is invited now. Whoever you invite gets a link that you send them yourself."
      load={api.invitations}
      revoke={api.revokeInvitation}
      Form={InviteDialog}
      Line={InvitationLine}
      revokeWords={({ email }) => `Revoke the invitation of ${email}`}
      secretOf={({ email, link }) => ({
        title: `Send this to ${email}`,
        label: 'Link',
        value: new URL(link, location.origin).href,
        note: 'It works once, for seven days. It is shown only now.',
      })}
    />
  );
}

function InvitationLine({ item }: { readonly item: Named<'Invitation'> }) {
  const { email, role, expiresAt } = item;
  return `${email}, as ${role}, until ${new Date(expiresAt).toLocaleDateString()}`;
}

function InviteDialog({ onClose, onMade }: GrantFormProps<Named<'NewInvitation'>>) {
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

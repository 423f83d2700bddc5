import { useState } from 'react';
import type { Permission } from '#control';
import { Button } from '../../components/button.tsx';
import { CopyLine } from '../../components/copy-line.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Tick } from '../../components/tick.tsx';
import { api } from '../../lib/api.ts';
import type { Named } from '../../lib/client.ts';
import { textOf } from '../../lib/form-text.ts';
import { useAction } from '../../lib/use-action.ts';
import { useList } from '../../lib/use-list.ts';

/** What an owner can give; the instance is above every workspace. */
type Scope = Exclude<Permission, 'instance:manage'>;

/** As a record, so that a new permission does not compile until it stands here. */
const everyScope: Readonly<Record<Scope, true>> = {
  'streams:read': true,
  'streams:write': true,
  'live:control': true,
  'destinations:write': true,
  'destinations:test': true,
  'keys:manage': true,
  'history:read': true,
  'schedules:write': true,
  'webhooks:manage': true,
  'members:manage': true,
  'tokens:manage': true,
  'workspace:manage': true,
  'audit:read': true,
};
const scopes = Object.keys(everyScope) as Scope[];
const daysMax = 366;

export function Tokens() {
  const { items, problem, reload } = useList(api.tokens);
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<Named<'NewApiToken'>>();
  const revoking = useAction();
  const revoke = (id: string): void =>
    revoking.run(async () => {
      // Also after a refusal: the list may be of an earlier time.
      try {
        await api.revokeToken(id);
      } finally {
        await reload();
      }
    });
  return (
    <section className="card" aria-label="Tokens">
      <div className="page-head">
        <h2>Tokens</h2>
        <Button look="main" onClick={() => setMaking(true)}>
          Make a token
        </Button>
      </div>
      <ProblemNote problem={problem ?? revoking.problem} />
      <ul className="rows">
        {items?.map(({ id, name, hint, scopes: given, expiresAt }) => (
          <li key={id}>
            <span>
              {name} (…{hint}): {given.join(', ')}
              {expiresAt !== null && `; until ${new Date(expiresAt).toLocaleDateString()}`}
            </span>
            <Button
              busy={revoking.busy}
              aria-label={`Revoke the token ${name}`}
              onClick={() => revoke(id)}
            >
              Revoke
            </Button>
          </li>
        ))}
      </ul>
      {making && (
        <MakeTokenDialog
          onClose={() => setMaking(false)}
          onMade={(token) => {
            setMaking(false);
            setMade(token);
            void reload();
          }}
        />
      )}
      {made && (
        <Dialog title={`The token ${made.name}`} onClose={() => setMade(undefined)}>
          <CopyLine label="Token" value={made.token} />
          <p>It is shown only now. Whoever has it may do what its scopes say.</p>
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

interface MakeTokenDialogProps {
  readonly onClose: () => void;
  readonly onMade: (token: Named<'NewApiToken'>) => void;
}

function MakeTokenDialog({ onClose, onMade }: MakeTokenDialogProps) {
  const submit = async (form: FormData): Promise<void> => {
    const days = textOf(form, 'days');
    const body = {
      name: textOf(form, 'name'),
      scopes: scopes.filter((scope) => form.has(scope)),
      expiresInDays: days === '' ? null : Number(days),
    };
    onMade(await api.createToken(body));
  };
  return (
    <FormDialog
      title="Make a token"
      words={['Make it', 'Making…']}
      submit={submit}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <Field label="Name" name="name" required fault={problem?.faultOf('name')} />
          <Field
            label="Days it works"
            name="days"
            type="number"
            min={1}
            max={daysMax}
            hint="Left empty, it works until it is revoked."
            fault={problem?.faultOf('expiresInDays')}
          />
          <fieldset>
            <legend>It may</legend>
            {scopes.map((scope) => (
              <Tick key={scope} label={scope} name={scope} />
            ))}
          </fieldset>
        </>
      )}
    </FormDialog>
  );
}

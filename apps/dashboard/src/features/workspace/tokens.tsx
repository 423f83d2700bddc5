import type { Permission } from '#control';
import { Field } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { Tick } from '../../components/tick.tsx';
import { Ago } from '../../components/time.tsx';
import { api } from '../../lib/api.ts';
import type { Named } from '../../lib/client.ts';
import { textOf } from '../../lib/form-text.ts';
import { Grants } from './grants.tsx';
import type { GrantFormProps } from './grants.tsx';

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

/** What programs come in with. */
export function Tokens() {
  return (
    <Grants
      title="Tokens"
      verb="Make a token"
      empty="None yet. With a token a program, such as a button box, does what you let it."
      load={api.tokens}
      revoke={api.revokeToken}
      Form={MakeTokenDialog}
      Line={TokenLine}
      revokeWords={({ name }) => `Revoke the token ${name}`}
      secretOf={({ name, token }) => ({
        title: `The token ${name}`,
        label: 'Token',
        value: token,
        note: 'It is shown only now. Whoever has it may do what its scopes say.',
      })}
    />
  );
}

function TokenLine({ item }: { readonly item: Named<'ApiToken'> }) {
  const { name, hint, scopes: given, expiresAt, lastUsedAt } = item;
  return (
    <>
      <bdi>{name}</bdi> (…{hint}): {given.join(', ')}
      {expiresAt !== null && `; until ${new Date(expiresAt).toLocaleDateString()}`}
      <span className="hint line">
        {lastUsedAt === null ? (
          'Never used.'
        ) : (
          <>
            Last used <Ago at={lastUsedAt} />.
          </>
        )}
      </span>
    </>
  );
}

function MakeTokenDialog({ onClose, onMade }: GrantFormProps<Named<'NewApiToken'>>) {
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

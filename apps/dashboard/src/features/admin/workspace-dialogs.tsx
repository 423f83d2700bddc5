import { useState } from 'react';
import { Choice } from '../../components/choice.tsx';
import { Field } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { adminApi } from '../../lib/admin-api.ts';
import type { ApiProblem } from '../../lib/api-problem.ts';
import type { Named } from '../../lib/client.ts';
import { textOf } from '../../lib/form-text.ts';
import { roleFrom, roleWords } from '../../lib/role-words.ts';
import type { Tagged } from '../../lib/tagged.ts';
import { toasts } from '../../lib/toasts.ts';

type Quota = Named<'Quota'>;

const limits: readonly (readonly [keyof Quota, string])[] = [
  ['streamsMax', 'Streams at most'],
  ['destinationsMax', 'Destinations at most'],
  ['outKbpsMax', 'kbit/s out at most, all together'],
  ['relayMinutesMax', 'Relay minutes a month at most'],
];

interface QuotaFieldsProps {
  readonly quota: Quota | undefined;
  readonly problem: ApiProblem | undefined;
}

function QuotaFields({ quota, problem }: QuotaFieldsProps) {
  return (
    <fieldset>
      <legend>Quotas</legend>
      <p className="hint">Left empty: no limit.</p>
      {limits.map(([limit, label]) => (
        <Field
          key={limit}
          label={label}
          name={limit}
          type="number"
          min={0}
          defaultValue={quota?.[limit] ?? ''}
          fault={problem?.faultOf(limit) ?? problem?.faultOf(`quota.${limit}`)}
        />
      ))}
    </fieldset>
  );
}

function quotaIn(form: FormData): Quota {
  const limitOf = (limit: keyof Quota): number | null => {
    const text = textOf(form, limit).trim();
    return text === '' ? null : Number(text);
  };
  return {
    streamsMax: limitOf('streamsMax'),
    destinationsMax: limitOf('destinationsMax'),
    outKbpsMax: limitOf('outKbpsMax'),
    relayMinutesMax: limitOf('relayMinutesMax'),
  };
}

interface CreateWorkspaceDialogProps {
  readonly onClose: () => void;
  readonly onMade: () => void;
}

export function CreateWorkspaceDialog({ onClose, onMade }: CreateWorkspaceDialogProps) {
  const submit = async (form: FormData): Promise<void> => {
    const name = textOf(form, 'name').trim();
    await adminApi.createWorkspace({ name, quota: quotaIn(form) });
    toasts.say(`You own the workspace ${name}. Open it to invite others.`);
    onMade();
  };
  return (
    <FormDialog
      title="Make a workspace"
      words={['Make it', 'Making…']}
      submit={submit}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <Field label="Name" name="name" required fault={problem?.faultOf('name')} />
          <QuotaFields quota={undefined} problem={problem} />
        </>
      )}
    </FormDialog>
  );
}

interface WorkspaceSettingsDialogProps {
  /** As it was read: its name is not changed if somebody else has changed it since. */
  readonly seen: Tagged<Named<'Workspace'>>;
  readonly onClose: () => void;
}

export function WorkspaceSettingsDialog({ seen: first, onClose }: WorkspaceSettingsDialogProps) {
  const [seen, setSeen] = useState(first);
  const { id, name, quota } = seen.value;
  const submit = async (form: FormData): Promise<void> => {
    const wanted = textOf(form, 'name').trim();
    const limitsWanted = quotaIn(form);
    if (wanted !== name) setSeen(await adminApi.renameWorkspace(id, wanted, seen.etag));
    if (limits.some(([limit]) => limitsWanted[limit] !== quota[limit])) {
      await adminApi.putQuota(id, limitsWanted);
    }
    onClose();
  };
  return (
    <FormDialog
      title={`Change ${first.value.name}`}
      words={['Save', 'Saving…']}
      submit={submit}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <Field
            label="Name"
            name="name"
            required
            defaultValue={first.value.name}
            fault={problem?.faultOf('name')}
          />
          <QuotaFields quota={first.value.quota} problem={problem} />
        </>
      )}
    </FormDialog>
  );
}

interface JoinWorkspaceDialogProps {
  readonly workspace: { readonly id: string; readonly name: string };
  readonly onClose: () => void;
}

export function JoinWorkspaceDialog({ workspace, onClose }: JoinWorkspaceDialogProps) {
  const submit = async (form: FormData): Promise<void> => {
    await adminApi.joinWorkspace(workspace.id, roleFrom(textOf(form, 'role')));
    onClose();
  };
  return (
    <FormDialog
      title={`Join ${workspace.name}`}
      words={['Join', 'Joining…']}
      submit={submit}
      onClose={onClose}
    >
      {() => (
        <Choice
          label="Role"
          name="role"
          options={roleWords}
          hint="Its members see you among them, and its audit log says that you came from above."
        />
      )}
    </FormDialog>
  );
}

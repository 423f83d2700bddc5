import { useId, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import type { ApiProblem } from '../../lib/api-problem.ts';
import { api, newIdempotencyKey } from '../../lib/api.ts';
import { textOf } from '../../lib/form-text.ts';
import { useAction } from '../../lib/use-action.ts';
import { customPlatform, usePlatforms } from './platforms.ts';
import type { PlatformChoice } from './platforms.ts';

interface AddDestinationDialogProps {
  readonly streamId: string;
  readonly refresh: () => Promise<void>;
  readonly onClose: () => void;
}

export function AddDestinationDialog({ streamId, refresh, onClose }: AddDestinationDialogProps) {
  const { busy, problem, run } = useAction();
  const [idempotencyKey, setIdempotencyKey] = useState(newIdempotencyKey);
  const [platform, setPlatform] = useState(customPlatform);

  const submit = (form: FormData): void =>
    run(async () => {
      const [name, url, streamKey] = ['name', 'url', 'streamKey'].map((field) =>
        textOf(form, field).trim(),
      ) as [string, string, string];
      const body = { name, platform: platform.id, url, streamKey };
      await api.createDestination(streamId, body, idempotencyKey);
      await refresh();
      onClose();
    });

  return (
    <Dialog title="Add destination" onClose={onClose}>
      <form
        // What is sent after a change is another deed than what was refused before it.
        onChange={() => setIdempotencyKey(newIdempotencyKey())}
        onSubmit={(event) => {
          event.preventDefault();
          submit(new FormData(event.currentTarget));
        }}
      >
        <ProblemNote problem={problem} />
        <PlatformField platform={platform} onChoice={setPlatform} />
        <DestinationFields key={platform.id} platform={platform} problem={problem} />
        <footer>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="main" busy={busy}>
            {busy ? 'Adding…' : 'Add destination'}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

interface PlatformFieldProps {
  readonly platform: PlatformChoice;
  readonly onChoice: (platform: PlatformChoice) => void;
}

function PlatformField({ platform, onChoice }: PlatformFieldProps) {
  const id = useId();
  const platforms = usePlatforms();
  return (
    <div className="field">
      <label htmlFor={id}>Platform</label>
      <select
        id={id}
        value={platform.id}
        onChange={({ target }) =>
          onChoice(platforms.find((each) => each.id === target.value) ?? customPlatform)
        }
      >
        {platforms.map((each) => (
          <option key={each.id} value={each.id}>
            {each.name}
          </option>
        ))}
      </select>
    </div>
  );
}

interface DestinationFieldsProps {
  readonly platform: PlatformChoice;
  readonly problem: ApiProblem | undefined;
}

/** Made anew for each platform, so that its preset stands in the fields. */
function DestinationFields({ platform, problem }: DestinationFieldsProps) {
  const urlsId = useId();
  const custom = platform.id === customPlatform.id;
  return (
    <>
      <Field
        label="Name"
        name="name"
        defaultValue={custom ? '' : platform.name}
        placeholder="My channel"
        required
        fault={problem?.faultOf('name')}
      />
      <Field
        label="Server URL"
        name="url"
        defaultValue={platform.servers[0]?.url ?? ''}
        placeholder="rtmps://live.example.com/app"
        list={urlsId}
        required
        fault={problem?.faultOf('url')}
      />
      <datalist id={urlsId}>
        {platform.servers.map(({ url, label }) => (
          <option key={url} value={url}>
            {label}
          </option>
        ))}
      </datalist>
      <Field
        label="Stream key"
        name="streamKey"
        type="password"
        autoComplete="off"
        required
        hint={platform.keyHelp || 'Kept encrypted; it is never shown again.'}
        fault={problem?.faultOf('streamKey')}
      />
    </>
  );
}

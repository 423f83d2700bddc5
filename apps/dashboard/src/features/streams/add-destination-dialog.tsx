import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { api, newIdempotencyKey } from '../../lib/api.ts';
import { textOf } from '../../lib/form-text.ts';
import { useAction } from '../../lib/use-action.ts';
import { DestinationFields, settingsOf } from './destination-fields.tsx';
import { customPlatform, usePlatforms } from './platforms.ts';
import type { PlatformChoice } from './platforms.ts';

interface AddDestinationDialogProps {
  readonly streamId: string;
  readonly delayFits: number | null;
  readonly refresh: () => Promise<void>;
  readonly onClose: () => void;
}

export function AddDestinationDialog(props: AddDestinationDialogProps) {
  const { streamId, delayFits, refresh, onClose } = props;
  const { busy, problem, run } = useAction();
  const [idempotencyKey, setIdempotencyKey] = useState(newIdempotencyKey);
  const [platform, setPlatform] = useState(customPlatform);

  const submit = (form: FormData): void =>
    run(async () => {
      const streamKey = textOf(form, 'streamKey').trim();
      const body = { ...settingsOf(form), platform: platform.id, streamKey };
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
        <DestinationFields
          key={platform.id}
          platform={platform}
          delayFits={delayFits}
          problem={problem}
        />
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
  const platforms = usePlatforms();
  return (
    <Choice
      label="Platform"
      value={platform.id}
      onChange={({ target }) =>
        onChoice(platforms.find((each) => each.id === target.value) ?? customPlatform)
      }
      options={platforms.map(({ id, name }) => [id, name] as const)}
    />
  );
}

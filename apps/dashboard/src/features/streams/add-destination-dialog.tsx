import { useState } from 'react';
import { Choice } from '../../components/choice.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { api, newIdempotencyKey } from '../../lib/api.ts';
import { textOf } from '../../lib/form-text.ts';
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
  const [idempotencyKey, setIdempotencyKey] = useState(newIdempotencyKey);
  const [platform, setPlatform] = useState(customPlatform);

  const submit = async (form: FormData): Promise<void> => {
    const streamKey = textOf(form, 'streamKey').trim();
    const body = { ...settingsOf(form), platform: platform.id, streamKey };
    await api.createDestination(streamId, body, idempotencyKey);
    await refresh();
    onClose();
  };

  return (
    <FormDialog
      title="Add destination"
      words={['Add destination', 'Adding…']}
      submit={submit}
      // What is sent after a change is another deed than what was refused before it.
      onChange={() => setIdempotencyKey(newIdempotencyKey())}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <PlatformField platform={platform} onChoice={setPlatform} />
          <DestinationFields
            key={platform.id}
            platform={platform}
            delayFits={delayFits}
            problem={problem}
          />
        </>
      )}
    </FormDialog>
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

import type { DestinationSplit } from '#control';
import { useState } from 'react';
import { Choice } from '../../components/choice.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { api, newIdempotencyKey } from '../../lib/api.ts';
import { textOf } from '../../lib/form-text.ts';
import { DestinationFields, settingsOf } from './destination-fields.tsx';
import { PasteBox, SplitView } from './paste-box.tsx';
import { customPlatform, usePlatforms } from './platforms.ts';

interface AddDestinationDialogProps {
  readonly streamId: string;
  readonly delayFits: number | null;
  readonly refresh: () => Promise<void>;
  readonly onClose: () => void;
}

export function AddDestinationDialog(props: AddDestinationDialogProps) {
  const { streamId, delayFits, refresh, onClose } = props;
  const [idempotencyKey, setIdempotencyKey] = useState(newIdempotencyKey);
  const [platformId, setPlatformId] = useState(customPlatform.id);
  const [split, setSplit] = useState<DestinationSplit>();
  const platforms = usePlatforms();
  const platform = platforms.find(({ id }) => id === platformId) ?? customPlatform;
  // What is sent after a change is another deed than what was refused before it.
  const changed = (): void => setIdempotencyKey(newIdempotencyKey());

  const fillIn = (pasted: DestinationSplit): void => {
    setSplit(pasted);
    setPlatformId(pasted.platform);
    changed();
  };
  const submit = async (form: FormData): Promise<void> => {
    const streamKey = textOf(form, 'streamKey').trim() || (split?.streamKey ?? '');
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
      onChange={changed}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <PasteBox platform={platform.id} onSplit={fillIn} />
          {split && <SplitView split={split} />}
          <Choice
            label="Platform"
            value={platform.id}
            onChange={({ target }) => setPlatformId(target.value)}
            options={platforms.map(({ id, name }) => [id, name] as const)}
          />
          <DestinationFields
            key={`${platform.id} ${split?.url}`}
            platform={platform}
            pasted={split}
            delayFits={delayFits}
            problem={problem}
          />
        </>
      )}
    </FormDialog>
  );
}

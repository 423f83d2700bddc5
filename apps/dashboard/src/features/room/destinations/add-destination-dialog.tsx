import type { DestinationSplit } from '#control';
import { useState } from 'react';
import { Choice } from '../../../components/choice.tsx';
import { FormDialog } from '../../../components/form-dialog.tsx';
import { LiveAtOnce } from '../../../components/live/live-at-once.tsx';
import { api, newIdempotencyKey } from '../../../lib/api.ts';
import { textOf } from '../../../lib/form-text.ts';
import { useIsOnAir } from '../../../lib/live.ts';
import { testPlatformId } from '../../../lib/push-words.ts';
import { DestinationFields, settingsOf } from './destination-fields.tsx';
import { PasteBox, SplitView } from './paste-box.tsx';
import { customPlatform, usePlatforms } from './platforms.ts';
import type { PlatformChoice } from './platforms.ts';

interface AddDestinationDialogProps {
  readonly streamId: string;
  /** What was chosen before it was opened. */
  readonly platformId?: string;
  /** Opened for what a platform shows, whichever that is. */
  readonly toPaste?: boolean;
  readonly delayFits: number | null;
  readonly refresh: () => Promise<void>;
  readonly onClose: () => void;
}

/** Opens when the platforms are known. */
export function AddDestinationDialog(props: AddDestinationDialogProps) {
  const platforms = usePlatforms();
  if (platforms === undefined) return <output className="quiet-start">Loading…</output>;
  return <AddDestinationForm {...props} platforms={platforms} />;
}

interface AddDestinationFormProps extends AddDestinationDialogProps {
  readonly platforms: readonly PlatformChoice[];
}

function AddDestinationForm(props: AddDestinationFormProps) {
  const { streamId, toPaste = false, delayFits, platforms, refresh, onClose } = props;
  const isOnAir = useIsOnAir(streamId);
  const [idempotencyKey, setIdempotencyKey] = useState(newIdempotencyKey);
  const [platformId, setPlatformId] = useState(props.platformId ?? customPlatform.id);
  const [split, setSplit] = useState<DestinationSplit>();
  const platform = platforms.find(({ id }) => id === platformId) ?? customPlatform;
  // The test leads nowhere.
  const goesLive = isOnAir && platform.id !== testPlatformId;
  // What is sent after a change is another deed than what was refused before it.
  const changed = (): void => setIdempotencyKey(newIdempotencyKey());

  const fillIn = (pasted: DestinationSplit): void => {
    setSplit(pasted);
    setPlatformId(pasted.platform);
    changed();
  };
  const submit = async (form: FormData): Promise<void> => {
    const streamKey = textOf(form, 'streamKey').trim() || (split?.streamKey ?? '');
    // What a paste was recognised as holds, though its preset may not have come.
    const body = { ...settingsOf(form), platform: platformId, streamKey };
    await api.createDestination(streamId, body, idempotencyKey);
    await refresh();
    onClose();
  };

  return (
    <FormDialog
      title={toPaste ? 'Paste what the platform shows' : 'Add destination'}
      words={[goesLive ? 'Add and go live' : 'Add destination', 'Adding…']}
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
          {goesLive && <LiveAtOnce streamId={streamId} />}
        </>
      )}
    </FormDialog>
  );
}

import type { Destination } from '#contracts';
import { FormDialog } from '../../../components/form-dialog.tsx';
import type { DestinationChange } from '../../../lib/destination-api.ts';
import { textOf } from '../../../lib/form-text.ts';
import type { PushView } from '../../../lib/live-state.ts';
import { isOnAir } from '../../../lib/push-words.ts';
import { useDestinationChange } from '../../../lib/use-destination-change.ts';
import { DestinationFields, settingsOf } from './destination-fields.tsx';
import { customPlatform, usePlatforms } from './platforms.ts';

interface DestinationSettingsDialogProps {
  readonly destination: Destination;
  readonly push: PushView;
  readonly delayFits: number | null;
  readonly onClose: () => void;
}

/** All that is set for it. What is not changed is not sent. */
export function DestinationSettingsDialog(props: DestinationSettingsDialogProps) {
  const { destination, push, delayFits, onClose } = props;
  const platforms = usePlatforms();
  const platform = platforms?.find(({ id }) => id === destination.platform) ?? customPlatform;
  const change = useDestinationChange(destination.id);

  const submit = async (form: FormData): Promise<void> => {
    const streamKey = textOf(form, 'streamKey').trim();
    const changed = changedOf(settingsOf(form), destination);
    await change({ ...changed, ...(streamKey === '' ? {} : { streamKey }) });
    onClose();
  };

  // Which fields it has depends on its platform.
  if (platforms === undefined) return <output className="quiet-start">Loading…</output>;
  return (
    <FormDialog
      title={`Settings of ${destination.name}`}
      words={['Save', 'Saving…']}
      submit={submit}
      onClose={onClose}
    >
      {(problem) => (
        <>
          {isOnAir(push) && (
            <p className="note note-fair">
              It is live now. Another server, backup server or key makes it connect anew.
            </p>
          )}
          <DestinationFields
            platform={platform}
            destination={destination}
            delayFits={delayFits}
            problem={problem}
          />
        </>
      )}
    </FormDialog>
  );
}

type Settings = ReturnType<typeof settingsOf>;

function changedOf(settings: Settings, destination: Destination): DestinationChange {
  const names = Object.keys(settings) as (keyof Settings & keyof Destination)[];
  const changed = names.filter((name) => settings[name] !== destination[name]);
  return Object.fromEntries(changed.map((name) => [name, settings[name]]));
}

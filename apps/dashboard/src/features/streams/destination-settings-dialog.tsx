import type { Destination } from '#contracts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { api } from '../../lib/api.ts';
import { textOf } from '../../lib/form-text.ts';
import { DestinationFields, settingsOf } from './destination-fields.tsx';
import { customPlatform, usePlatforms } from './platforms.ts';

interface DestinationSettingsDialogProps {
  readonly destination: Destination;
  /** Viewers are watching: what makes it connect anew is told. */
  readonly onAir: boolean;
  readonly delayFits: number | null;
  readonly refresh: () => Promise<void>;
  readonly onClose: () => void;
}

export function DestinationSettingsDialog(props: DestinationSettingsDialogProps) {
  const { destination, onAir, delayFits, refresh, onClose } = props;
  const platforms = usePlatforms();
  const platform = platforms?.find(({ id }) => id === destination.platform) ?? customPlatform;

  const submit = async (form: FormData): Promise<void> => {
    const streamKey = textOf(form, 'streamKey').trim();
    await api.changeDestination(destination.id, {
      ...settingsOf(form),
      ...(streamKey === '' ? {} : { streamKey }),
    });
    await refresh();
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
          {onAir && (
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

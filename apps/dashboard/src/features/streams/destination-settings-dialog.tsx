import type { Destination } from '#contracts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { api } from '../../lib/api.ts';
import { textOf } from '../../lib/form-text.ts';
import { useAction } from '../../lib/use-action.ts';
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
  const { busy, problem, run } = useAction();
  const platforms = usePlatforms();
  const platform = platforms.find(({ id }) => id === destination.platform) ?? customPlatform;

  const submit = (form: FormData): void =>
    run(async () => {
      const streamKey = textOf(form, 'streamKey').trim();
      await api.changeDestination(destination.id, {
        ...settingsOf(form),
        ...(streamKey === '' ? {} : { streamKey }),
      });
      await refresh();
      onClose();
    });

  return (
    <Dialog title={`Settings of ${destination.name}`} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit(new FormData(event.currentTarget));
        }}
      >
        <ProblemNote problem={problem} />
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
        <footer>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="main" busy={busy}>
            {busy ? 'Saving…' : 'Save'}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

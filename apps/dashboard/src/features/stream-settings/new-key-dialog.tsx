import type { InputRole } from '#contracts';
import { Choice } from '../../components/choice.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import type { Named } from '../../lib/client.ts';
import { textOf } from '../../lib/form-text.ts';
import type { StreamWithDestinations } from '../../lib/live-state.ts';
import { settingsApi } from '../../lib/settings-api.ts';
import { useIsOn } from './use-is-on.ts';

/** How long the present key goes on working: seconds, and what a person calls it. */
const overlaps: readonly (readonly [seconds: string, words: string])[] = [
  ['0', 'At once: its encoder is disconnected'],
  ['3600', 'In an hour'],
  ['86400', 'In a day'],
  ['604800', 'In a week'],
];
const anHour = '3600';

interface NewKeyDialogProps {
  readonly stream: StreamWithDestinations;
  readonly input: InputRole;
  /** There is none that could go on working. */
  readonly isFirst: boolean;
  readonly onClose: () => void;
  readonly onMade: (keys: Named<'RotatedKey'>) => void;
}

/** Makes a key in place of the present one, of which it asks when that shall end. */
export function NewKeyDialog({ stream, input, isFirst, onClose, onMade }: NewKeyDialogProps) {
  const { id, name } = stream;
  const isOn = useIsOn(id);
  const submit = async (form: FormData): Promise<void> => {
    onMade(await settingsApi.rotateKey(id, input, Number(textOf(form, 'overlap'))));
  };
  return (
    <FormDialog
      title={`A new ${input === 'backup' ? 'backup ' : ''}key for ${name}`}
      words={['Make a new key', 'Making…']}
      {...{ submit, onClose }}
    >
      {() =>
        isFirst ? (
          <p>
            {input === 'backup'
              ? 'It opens the stream for a second encoder, and is shown once.'
              : 'No key opens the stream now. The new one is shown once.'}
          </p>
        ) : (
          <>
            <p>It is shown once. Enter it in the encoder before the present one ends.</p>
            <Choice
              label="The present key ends"
              name="overlap"
              options={overlaps}
              defaultValue={isOn ? anHour : '0'}
            />
          </>
        )
      }
    </FormDialog>
  );
}

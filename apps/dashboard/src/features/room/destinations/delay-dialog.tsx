import type { Destination } from '#contracts';
import { Field } from '../../../components/field.tsx';
import { FormDialog } from '../../../components/form-dialog.tsx';
import { textOf } from '../../../lib/form-text.ts';
import type { PushView } from '../../../lib/live-state.ts';
import { isOnAir } from '../../../lib/push-words.ts';
import { useDestinationChange } from '../../../lib/use-destination-change.ts';
import { delayHint, delaySecondsMax } from './destination-fields.tsx';

interface DelayDialogProps {
  readonly destination: Destination;
  readonly push: PushView;
  readonly delayFits: number | null;
  readonly onClose: () => void;
}

/** Changes how far behind the encoder it runs, and nothing else, also in the middle of a show. */
export function DelayDialog({ destination, push, delayFits, onClose }: DelayDialogProps) {
  const { id, name, delaySeconds } = destination;
  const change = useDestinationChange(id);
  const submit = async (form: FormData): Promise<void> => {
    await change({ delaySeconds: Number(textOf(form, 'delaySeconds')) });
    onClose();
  };
  return (
    <FormDialog
      title={`Delay of ${name}`}
      words={['Save', 'Saving…']}
      submit={submit}
      onClose={onClose}
    >
      {(problem) => (
        <>
          {isOnAir(push) && (
            <p className="note note-fair">
              It is live now, and stays connected. At the next keyframe a longer delay shows the
              last seconds once more, and a shorter one leaves some out.
            </p>
          )}
          <Field
            label="Delay in seconds"
            name="delaySeconds"
            type="number"
            min={0}
            max={delaySecondsMax}
            required
            defaultValue={delaySeconds}
            hint={delayHint(delayFits)}
            fault={problem?.faultOf('delaySeconds')}
          />
        </>
      )}
    </FormDialog>
  );
}

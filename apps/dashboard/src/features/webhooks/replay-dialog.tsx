import { Choice } from '../../components/choice.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { textOf } from '../../lib/form-text.ts';
import { outwardApi } from '../../lib/outward-api.ts';

const hourMs = 3_600_000;
const spans: readonly (readonly [hours: string, words: string])[] = [
  ['24', 'The last day'],
  ['1', 'The last hour'],
  ['168', 'The last week'],
  ['720', 'The last 30 days'],
];

interface ReplayDialogProps {
  readonly webhookId: string;
  readonly onClose: () => void;
  readonly onDone: (count: number) => void;
}

/** After a receiver was away: all that was given up, at once. */
export function ReplayDialog({ webhookId, onClose, onDone }: ReplayDialogProps) {
  const submit = async (form: FormData): Promise<void> => {
    const since = new Date(Date.now() - Number(textOf(form, 'hours')) * hourMs);
    onDone(await outwardApi.replayGivenUp(webhookId, since.toISOString()));
  };
  return (
    <FormDialog
      title="Send again what was given up"
      words={['Send again', 'Asking…']}
      {...{ submit, onClose }}
    >
      {() => (
        <Choice
          label="What happened in"
          name="hours"
          options={spans}
          hint="Each goes out under the number that it had, so that a program knows it again."
        />
      )}
    </FormDialog>
  );
}

import type { TakeoverPolicy } from '#contracts';
import { Choice } from '../../components/choice.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { Field } from '../../components/field.tsx';
import { Tick } from '../../components/tick.tsx';
import { api } from '../../lib/api.ts';
import { textOf } from '../../lib/form-text.ts';
import type { StreamWithDestinations } from '../../lib/live-state.ts';
import { saveSlate, SlateFields } from './slate-fields.tsx';

const graceSecondsMax = 1800;

const takeovers: readonly (readonly [TakeoverPolicy, string])[] = [
  ['takeover', 'It takes over from one that is silent, or that is the same'],
  ['reject', 'It is refused'],
  ['backup', 'It stands by as the backup'],
];

interface StreamSettingsDialogProps {
  readonly stream: StreamWithDestinations;
  readonly refresh: () => Promise<void>;
  readonly onClose: () => void;
}

export function StreamSettingsDialog({ stream, refresh, onClose }: StreamSettingsDialogProps) {
  const submit = async (form: FormData): Promise<void> => {
    const chosen = textOf(form, 'takeover');
    await api.changeStream(stream.id, {
      name: textOf(form, 'name').trim(),
      graceSeconds: Number(textOf(form, 'graceSeconds')),
      endOnUnpublish: form.has('endOnUnpublish'),
      takeover: takeovers.find(([policy]) => policy === chosen)?.[0] ?? 'takeover',
    });
    await saveSlate(stream.id, form);
    await refresh();
    onClose();
  };

  return (
    <FormDialog
      title={`Settings of ${stream.name}`}
      words={['Save', 'Saving…']}
      submit={submit}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <Field
            label="Name"
            name="name"
            defaultValue={stream.name}
            required
            fault={problem?.faultOf('name')}
          />
          <Field
            label="Wait for a lost encoder, in seconds"
            name="graceSeconds"
            type="number"
            min={0}
            max={graceSecondsMax}
            required
            defaultValue={stream.graceSeconds}
            hint="Destinations stay live so long. 0: the broadcast ends with the encoder."
            fault={problem?.faultOf('graceSeconds')}
          />
          <Tick
            label="End at once when the encoder stops the stream"
            name="endOnUnpublish"
            defaultChecked={stream.endOnUnpublish}
            hint="Some encoders also say so before they connect again; then leave this off."
          />
          <Choice
            label="A second encoder with the same key"
            name="takeover"
            defaultValue={stream.takeover}
            options={takeovers}
          />
          <SlateFields streamId={stream.id} />
        </>
      )}
    </FormDialog>
  );
}

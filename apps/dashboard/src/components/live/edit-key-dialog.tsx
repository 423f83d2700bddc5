import type { Destination } from '#contracts';
import { textOf } from '../../lib/form-text.ts';
import type { LiveState, PushView } from '../../lib/live-state.ts';
import { useLive, usePush } from '../../lib/live.ts';
import { usePresets } from '../../lib/platforms.ts';
import { isOnAir } from '../../lib/push-words.ts';
import { useDestinationChange } from '../../lib/use-destination-change.ts';
import { whenSo } from '../../lib/when-so.ts';
import { Field } from '../field.tsx';
import { FormDialog } from '../form-dialog.tsx';

/** By then the relay has spoken of a push whose key is another. */
const spokenMs = 3_000;

interface EditKeyDialogProps {
  readonly destination: Destination;
  readonly onClose: () => void;
}

/** Changes the key and nothing else, also in the middle of a show. */
export function EditKeyDialog({ destination, onClose }: EditKeyDialogProps) {
  const { id, streamId, name, platform, keyHint } = destination;
  const push = usePush(streamId, id);
  const { store } = useLive();
  const change = useDestinationChange(id);
  const keyUrl = usePresets()?.find((preset) => preset.id === platform)?.keyUrl ?? null;
  const submit = async (form: FormData): Promise<void> => {
    await change({ streamKey: textOf(form, 'streamKey').trim() });
    // Until then its row would show how the old key ended.
    const isOther = (now: PushView | undefined): boolean =>
      now?.since !== push.since || now.attempt !== push.attempt;
    const pushIn = ({ statuses }: LiveState): PushView | undefined =>
      statuses[streamId]?.pushes.find(({ destinationId }) => destinationId === id);
    if (isTriedAtOnce(push)) await whenSo(store, (state) => isOther(pushIn(state)), spokenMs);
    onClose();
  };
  return (
    <FormDialog
      title={`Edit the key of ${name}`}
      words={isOnAir(push) ? ['Save and reconnect', 'Reconnecting…'] : ['Save key', 'Saving…']}
      submit={submit}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <p className={isOnAir(push) ? 'note note-fair' : undefined}>{whatHappens(push)}</p>
          <Field
            label="Stream key"
            name="streamKey"
            type="password"
            autoComplete="off"
            required
            placeholder={`•••• ${keyHint}`}
            hint={
              <>
                Kept encrypted; only its last four characters are shown from now on.{' '}
                {keyUrl !== null && (
                  <a href={keyUrl} target="_blank" rel="noreferrer">
                    Where is my key?
                  </a>
                )}
              </>
            }
            fault={problem?.faultOf('streamKey')}
          />
        </>
      )}
    </FormDialog>
  );
}

function isTriedAtOnce(push: PushView): boolean {
  return isOnAir(push) || push.state === 'retrying' || push.state === 'needs_attention';
}

function whatHappens(push: PushView): string {
  if (isOnAir(push)) {
    return (
      'It is live now. It reconnects with the new key at once, and its viewers may see a short ' +
      'break. The other destinations go on untouched.'
    );
  }
  return isTriedAtOnce(push)
    ? 'It tries again with the new key at once. The other destinations go on untouched.'
    : 'The new key is used from the next connection on.';
}

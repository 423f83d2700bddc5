import type { Destination } from '#contracts';
import { useState } from 'react';
import { api } from '../../lib/api.ts';
import type { PushView } from '../../lib/live-state.ts';
import { useLive } from '../../lib/live.ts';
import { leadOf, leadWords } from '../../lib/looks.ts';
import { useMay } from '../../lib/session.ts';
import { toasts } from '../../lib/toasts.ts';
import { useAction } from '../../lib/use-action.ts';
import { Button } from '../button.tsx';
import { ConfirmDialog } from '../confirm-dialog.tsx';
import { EditKeyDialog } from './edit-key-dialog.tsx';

interface LeadActionProps {
  readonly destination: Destination;
  readonly push: PushView;
  /** Opens what else is set for it. Without it, a server at fault is only tried again. */
  readonly onSettings?: () => void;
}

/** The one deed that helps most now. Where none is needed, or one may not do it, there is none. */
export function LeadAction({ destination, push, onSettings }: LeadActionProps) {
  const { id, name } = destination;
  const { refresh } = useLive();
  const { busy, run } = useAction();
  const mayControl = useMay('live:control');
  const mayWrite = useMay('destinations:write');
  const [open, setOpen] = useState<'edit-key' | 'cut'>();
  const close = (): void => setOpen(undefined);
  const act = (deed: (id: string) => Promise<unknown>, doing: string): void =>
    run(async () => {
      try {
        await deed(id);
        await refresh();
      } catch (thrown) {
        toasts.fail(thrown, doing);
      }
    });
  const button = (may: boolean, words: string, deed: () => void) =>
    may && (
      <Button busy={busy} onClick={deed} aria-label={`${words}: ${name}`}>
        {words}
      </Button>
    );
  const retry = (): void => act(api.retryDestination, `Trying ${name} again`);
  return (
    <>
      {leadButton()}
      {open === 'edit-key' && (
        <EditKeyDialog destination={destination} push={push} onClose={close} />
      )}
      {open === 'cut' && (
        <ConfirmDialog
          title={`Cut ${name} now?`}
          text="What is still held back for its viewers is not played."
          verb={`Cut ${name} now`}
          keep="Play it out"
          onConfirm={() => {
            close();
            act(api.cutDestination, `Cutting ${name}`);
          }}
          onClose={close}
        />
      )}
    </>
  );

  function leadButton() {
    if (!destination.enabled) {
      return push.state === 'draining' && button(mayControl, 'Cut now', () => setOpen('cut'));
    }
    switch (leadOf(push)) {
      case undefined:
        return null;
      case 'edit-key':
        return button(mayWrite, leadWords['edit-key'], () => setOpen('edit-key'));
      case 'edit-server':
        return onSettings === undefined
          ? button(mayControl, leadWords.retry, retry)
          : button(mayWrite, leadWords['edit-server'], onSettings);
      case 'retry':
        return button(mayControl, leadWords.retry, retry);
    }
  }
}

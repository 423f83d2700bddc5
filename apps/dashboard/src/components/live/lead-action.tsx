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
  /** Without its button; what it has opened stays open. */
  readonly isHidden?: boolean;
}

/** The one deed that helps most now. Where none is needed, or one may not do it, there is none. */
export function LeadAction(props: LeadActionProps) {
  const { destination, push, onSettings, isHidden = false } = props;
  const { id, name } = destination;
  const { refresh } = useLive();
  const { busy, run } = useAction();
  const mayControl = useMay('live:control');
  const mayWrite = useMay('destinations:write');
  // Of the destination for which it was opened: here another may come to need somebody meanwhile.
  const [editing, setEditing] = useState<Destination>();
  const [cutting, setCutting] = useState<Destination>();
  const act = (deed: () => Promise<unknown>, doing: string): void =>
    run(async () => {
      try {
        await deed();
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
  const retry = (): void => act(() => api.retryDestination(id), `Trying ${name} again`);
  return (
    <>
      {!isHidden && leadButton()}
      {editing && <EditKeyDialog destination={editing} onClose={() => setEditing(undefined)} />}
      {cutting && (
        <ConfirmDialog
          title={`Cut ${cutting.name} now?`}
          text="What is still held back for its viewers is not played."
          verb={`Cut ${cutting.name} now`}
          keep="Play it out"
          onConfirm={() => {
            setCutting(undefined);
            act(() => api.cutDestination(cutting.id), `Cutting ${cutting.name}`);
          }}
          onClose={() => setCutting(undefined)}
        />
      )}
    </>
  );

  function leadButton() {
    if (!destination.enabled) {
      return (
        push.state === 'draining' && button(mayControl, 'Cut now', () => setCutting(destination))
      );
    }
    switch (leadOf(push)) {
      case undefined:
        return null;
      case 'edit-key':
        return button(mayWrite, leadWords['edit-key'], () => setEditing(destination));
      case 'edit-server':
        return onSettings === undefined
          ? button(mayControl, leadWords.retry, retry)
          : button(mayWrite, leadWords['edit-server'], onSettings);
      case 'retry':
        return button(mayControl, leadWords.retry, retry);
    }
  }
}

import type { Destination } from '#contracts';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { EditKeyDialog } from '../../../components/live/edit-key-dialog.tsx';
import { api } from '../../../lib/api.ts';
import type { PushView } from '../../../lib/live-state.ts';
import { useLive } from '../../../lib/live.ts';
import { isOnAir } from '../../../lib/push-words.ts';
import { toasts } from '../../../lib/toasts.ts';
import { DelayDialog } from './delay-dialog.tsx';
import type { Opened } from './destination-menu.tsx';
import { DestinationSettingsDialog } from './destination-settings-dialog.tsx';
import { TestDialog } from './test-dialog.tsx';
import { WatchDialog } from './watch-dialog.tsx';

interface DestinationDialogsProps {
  readonly destination: Destination;
  readonly push: PushView;
  readonly delayFits: number | null;
  readonly opened: Opened | undefined;
  readonly onClose: () => void;
}

/** The one that was opened, if any. */
export function DestinationDialogs({ opened, ...props }: DestinationDialogsProps) {
  switch (opened) {
    case undefined:
      return null;
    case 'edit-key':
      return <EditKeyDialog destination={props.destination} onClose={props.onClose} />;
    case 'delay':
      return <DelayDialog {...props} />;
    case 'test':
      return <TestDialog {...props} onAir={props.push.state === 'retrying'} />;
    case 'watch':
      return <WatchDialog {...props} />;
    case 'settings':
      return <DestinationSettingsDialog {...props} />;
    case 'remove':
      return <RemoveQuestion {...props} />;
  }
}

type RemoveQuestionProps = Pick<DestinationDialogsProps, 'destination' | 'push' | 'onClose'>;

function RemoveQuestion({ destination: { id, name }, push, onClose }: RemoveQuestionProps) {
  const { refresh } = useLive();
  const remove = async (): Promise<void> => {
    onClose();
    try {
      await api.removeDestination(id);
      await refresh();
    } catch (thrown) {
      toasts.fail(thrown, `Removing ${name}`);
    }
  };
  const onAirText = isOnAir(push) ? 'It is live now: its viewers will see the broadcast end. ' : '';
  return (
    <ConfirmDialog
      title={`Remove ${name}?`}
      text={`${onAirText}Its key is forgotten; to stream there again you will need it anew.`}
      verb={`Remove ${name}`}
      onConfirm={() => void remove()}
      onClose={onClose}
    />
  );
}

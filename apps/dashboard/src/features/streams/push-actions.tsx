import type { Destination } from '#contracts';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Icon } from '../../components/icon.tsx';
import { api } from '../../lib/api.ts';
import type { PushView } from '../../lib/live-state.ts';
import { timeSpan } from '../../lib/words.ts';

/** What is asked back before it is done. */
export type Question = 'stop' | 'cut' | 'remove';

interface PushDeeds {
  readonly destination: Destination;
  readonly push: PushView;
  /** Viewers are watching: stopping is asked back. */
  readonly onAir: boolean;
  readonly act: (deed: (id: string) => Promise<unknown>) => void;
}

interface PushActionsProps extends PushDeeds {
  readonly busy: boolean;
  readonly ask: (question: Question) => void;
  /** Opens its settings. */
  readonly change: () => void;
}

export function PushActions(props: PushActionsProps) {
  const { destination, push, onAir, act, busy, ask, change } = props;
  const { enabled, name } = destination;
  const waiting = push.state === 'retrying' || push.state === 'needs_attention';
  return (
    <div className="push-actions">
      {enabled && waiting && (
        <Button
          busy={busy}
          onClick={() => act(api.retryDestination)}
          aria-label={`Retry ${name} now`}
        >
          Retry now
        </Button>
      )}
      {!enabled && push.state === 'draining' && (
        <Button busy={busy} onClick={() => ask('cut')} aria-label={`Cut ${name} now`}>
          Cut now
        </Button>
      )}
      {enabled ? (
        <Button
          busy={busy}
          onClick={() => (onAir ? ask('stop') : act(api.stopDestination))}
          aria-label={`Stop ${name}`}
        >
          Stop
        </Button>
      ) : (
        <Button
          busy={busy}
          look="main"
          onClick={() => act(api.startDestination)}
          aria-label={`Start ${name}`}
        >
          Start
        </Button>
      )}
      <button
        type="button"
        className="button-icon"
        aria-label={`Settings of ${name}`}
        onClick={change}
      >
        <Icon name="settings" />
      </button>
      <button
        type="button"
        className="button-icon"
        aria-label={`Remove ${name}`}
        onClick={() => ask('remove')}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}

interface PushQuestionProps extends PushDeeds {
  readonly question: Question | undefined;
  readonly onClose: () => void;
}

export function PushQuestion(props: PushQuestionProps) {
  const { destination, push, onAir, act, question, onClose } = props;
  const onAirText = onAir ? 'It is live now: its viewers will see the broadcast end. ' : '';
  switch (question) {
    case undefined:
      return null;
    case 'stop':
      return (
        <ConfirmDialog
          title={`Stop ${destination.name}?`}
          text={onAirText + playedOutText(push)}
          verb="Stop"
          onConfirm={() => act(api.stopDestination)}
          onClose={onClose}
        />
      );
    case 'cut':
      return (
        <ConfirmDialog
          title={`Cut ${destination.name} now?`}
          text="What is still held back for its viewers is not played."
          verb="Cut now"
          onConfirm={() => act(api.cutDestination)}
          onClose={onClose}
        />
      );
    case 'remove':
      return (
        <ConfirmDialog
          title={`Remove ${destination.name}?`}
          text={`${onAirText}Its key is forgotten; to stream there again you will need it anew.`}
          verb="Remove"
          onConfirm={() => act(api.removeDestination)}
          onClose={onClose}
        />
      );
  }
}

function playedOutText({ delayMs }: PushView): string {
  return delayMs > 0 ? `What is held back, ${timeSpan(delayMs)}, is played out before.` : '';
}

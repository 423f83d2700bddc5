import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { api } from '../../lib/api.ts';
import { useLive, useStream } from '../../lib/live.ts';
import { useMay } from '../../lib/session.ts';
import { useAction } from '../../lib/use-action.ts';

interface EndBroadcastProps {
  readonly streamId: string;
}

/**
 * There for as long as there is a broadcast, whether or not its encoder is; and after that, while
 * what was held back is played out, to cut that short.
 */
export function EndBroadcast({ streamId }: EndBroadcastProps) {
  const { refresh } = useLive();
  const seen = useStream(streamId);
  const may = useMay('live:control');
  const { busy, problem, run } = useAction();
  const [asking, setAsking] = useState(false);
  if (seen?.status === undefined || !may) return null;
  const { stream, status } = seen;
  const isOver = status.broadcast === null;
  const playsOut = status.pushes.some(({ enabled, state }) => enabled && state === 'draining');
  if (isOver && !playsOut) return <ProblemNote problem={problem} />;
  const verb = isOver ? 'Cut now' : 'End broadcast';
  const end = (): void =>
    run(async () => {
      setAsking(false);
      await api.endBroadcast(streamId, isOver);
      await refresh();
    });

  return (
    <>
      <Button
        busy={busy}
        look="danger"
        onClick={() => setAsking(true)}
        aria-label={`${verb}: ${stream.name}`}
      >
        {verb}
      </Button>
      <ProblemNote problem={problem} />
      {asking && (
        <ConfirmDialog
          title={isOver ? `Cut ${stream.name} now?` : `End the broadcast of ${stream.name}?`}
          text={isOver ? cutText : endText}
          verb={verb}
          onConfirm={end}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

const endText =
  'Every destination is told that the stream is over, delayed ones when they have played what is ' +
  'held back for them, and the encoder is disconnected. Stop the encoder as well: one that ' +
  'connects again by itself begins a new broadcast.';
const cutText = 'What is still held back for viewers is not played.';

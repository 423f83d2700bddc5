import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { api } from '../../lib/api.ts';
import type { StreamWithDestinations } from '../../lib/live-state.ts';
import { useAction } from '../../lib/use-action.ts';

interface EndBroadcastProps {
  readonly stream: StreamWithDestinations;
  readonly refresh: () => Promise<void>;
}

/** There for as long as there is a broadcast, whether or not its encoder is. */
export function EndBroadcast({ stream, refresh }: EndBroadcastProps) {
  const { busy, problem, run } = useAction();
  const [asking, setAsking] = useState(false);
  const end = (): void =>
    run(async () => {
      setAsking(false);
      await api.endBroadcast(stream.id);
      await refresh();
    });

  return (
    <>
      <Button
        busy={busy}
        look="danger"
        onClick={() => setAsking(true)}
        aria-label={`End the broadcast of ${stream.name}`}
      >
        End broadcast
      </Button>
      <ProblemNote problem={problem} />
      {asking && (
        <ConfirmDialog
          title={`End the broadcast of ${stream.name}?`}
          text={
            'Every destination is told that the stream is over, and the encoder is disconnected. ' +
            'Stop the encoder as well: one that connects again by itself begins a new broadcast.'
          }
          verb="End broadcast"
          onConfirm={end}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

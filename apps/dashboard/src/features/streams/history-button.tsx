import { useEffect, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { api } from '../../lib/api.ts';
import { problemFrom } from '../../lib/api-problem.ts';
import type { ApiProblem } from '../../lib/api-problem.ts';
import type { Named } from '../../lib/client.ts';
import type { StreamWithDestinations } from '../../lib/live-state.ts';
import { PastBroadcast } from './past-broadcast.tsx';

/** Leads to the broadcasts of a stream, the one under way included. */
export function HistoryButton({ stream }: { readonly stream: StreamWithDestinations }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)} aria-label={`History of ${stream.name}`}>
        History
      </Button>
      {open && <HistoryDialog stream={stream} onClose={() => setOpen(false)} />}
    </>
  );
}

interface HistoryDialogProps {
  readonly stream: StreamWithDestinations;
  readonly onClose: () => void;
}

function HistoryDialog({ stream, onClose }: HistoryDialogProps) {
  const [broadcasts, setBroadcasts] = useState<readonly Named<'Broadcast'>[]>();
  const [problem, setProblem] = useState<ApiProblem>();

  useEffect(() => {
    api.broadcasts(stream.id).then(
      ({ items }) => setBroadcasts(items),
      (thrown: unknown) => setProblem(problemFrom(thrown)),
    );
  }, [stream.id]);

  return (
    <Dialog title={`Broadcasts of ${stream.name}`} onClose={onClose}>
      <ProblemNote problem={problem} />
      {broadcasts === undefined && problem === undefined && <p className="hint">Loading…</p>}
      {broadcasts?.length === 0 && (
        <p className="empty">None yet. Each time that this stream is live is kept here.</p>
      )}
      <ol className="history">
        {broadcasts?.map((broadcast) => (
          <PastBroadcast key={broadcast.id} broadcast={broadcast} />
        ))}
      </ol>
    </Dialog>
  );
}

import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import { CopyLine } from '../../components/copy-line.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { api } from '../../lib/api.ts';
import type { Named } from '../../lib/client.ts';
import type { StreamWithDestinations } from '../../lib/live-state.ts';
import { useAction } from '../../lib/use-action.ts';

/** How long a link may wait to be used: seconds, and what a person calls it. */
const SPANS = [
  ['3600', 'an hour'],
  ['86400', 'a day'],
  ['604800', 'a week'],
] as const;

interface GuestLinkProps {
  readonly stream: StreamWithDestinations;
  readonly onClose: () => void;
}

/** Makes a stream key for a guest, that works for one broadcast. */
export function GuestLink({ stream, onClose }: GuestLinkProps) {
  const { busy, problem, run } = useAction();
  const [seconds, setSeconds] = useState<string>(SPANS[0][0]);
  const [made, setMade] = useState<Named<'PublishUrl'>>();

  const make = (): void =>
    run(async () => setMade(await api.createPublishUrl(stream.id, Number(seconds))));

  return (
    <Dialog title={`A guest key for ${stream.name}`} onClose={onClose}>
      <ProblemNote problem={problem} />
      {made === undefined ? (
        <>
          <p>It opens this stream for one broadcast, and is worth nothing after that.</p>
          <Choice
            label="It can be used within"
            options={SPANS}
            value={seconds}
            onChange={(event) => setSeconds(event.target.value)}
          />
        </>
      ) : (
        <MadeLink made={made} />
      )}
      <footer>
        {made === undefined && (
          <Button look="main" busy={busy} onClick={make}>
            Make a guest key
          </Button>
        )}
        {made !== undefined && (
          <Button look="main" onClick={onClose}>
            Done
          </Button>
        )}
      </footer>
    </Dialog>
  );
}

function MadeLink({ made }: { readonly made: Named<'PublishUrl'> }) {
  const { rtmpUrl, rtmpsUrl, streamKey } = made.ingest;
  return (
    <>
      {rtmpsUrl !== null && <CopyLine label="Server (RTMPS)" value={rtmpsUrl} />}
      {rtmpUrl !== null && <CopyLine label="Server (RTMP)" value={rtmpUrl} />}
      <CopyLine label="Guest key" value={streamKey} />
      <p className="note note-fair">
        It is shown this once, and works until {new Date(made.expiresAt).toLocaleString()}. An
        encoder that is live by then goes on.
      </p>
    </>
  );
}

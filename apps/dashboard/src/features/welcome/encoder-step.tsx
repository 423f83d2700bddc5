import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { CopyLine } from '../../components/copy-line.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { ServerLines } from '../../components/server-lines.tsx';
import type { StreamWithDestinations } from '../../lib/live-state.ts';
import { useAction } from '../../lib/use-action.ts';
import { EncoderLine } from './encoder-line.tsx';
import type { SeenEncoder } from './encoder-line.tsx';
import { ObsPicture } from './obs-picture.tsx';
import { serverAdvice } from '../../lib/server-advice.ts';
import { settingsApi } from '../../lib/settings-api.ts';
import type { SeenKey, StepHeading } from './parts.ts';

interface EncoderStepProps {
  readonly heading: StepHeading;
  readonly stream: StreamWithDestinations;
  /** Undefined: this page was not given it, or has forgotten it. */
  readonly streamKey: string | undefined;
  /** Others may not make keys. */
  readonly isOwner: boolean;
  readonly encoder: SeenEncoder;
  readonly refresh: () => Promise<void>;
  readonly onKey: (key: SeenKey) => void;
  readonly onNext: () => void;
}

/** What to enter in OBS, and whether it has worked. */
export function EncoderStep(props: EncoderStepProps) {
  const { heading, stream, encoder, onNext } = props;
  const [best] = serverAdvice(stream.ingest).servers;
  return (
    <section className="card">
      <h2 ref={heading} tabIndex={-1}>
        Point OBS here
      </h2>
      <p>
        In OBS open <b>Settings → Stream</b>, choose the service <b>Custom…</b>, and enter:
      </p>
      {best !== undefined && <ObsPicture server={best.url} />}
      <ServerLines ingest={stream.ingest}>
        <StreamKey {...props} />
      </ServerLines>
      <p className="hint">
        In <b>Settings → Output</b> take CBR and a keyframe interval of 2 s: most platforms ask for
        both.
      </p>
      <EncoderLine {...encoder} />
      <footer>
        <Button look="main" onClick={onNext}>
          Next: destinations
        </Button>
      </footer>
    </section>
  );
}

function StreamKey({ stream, streamKey, isOwner, refresh, onKey }: EncoderStepProps) {
  const { busy, problem, run } = useAction();
  const [asking, setAsking] = useState(false);
  const makeNew = (): void =>
    run(async () => {
      setAsking(false);
      const { ingest } = await settingsApi.rotateKey(stream.id, 'primary', 0);
      onKey({ streamId: stream.id, streamKey: ingest.streamKey });
      await refresh();
    });
  if (streamKey !== undefined) {
    return (
      <>
        <CopyLine label="Stream key" value={streamKey} />
        <p className="note note-fair">
          It is shown until you leave this set-up, and never again. Keep it secret: who has it can
          publish to this stream.
        </p>
      </>
    );
  }
  return (
    <>
      <p className="key-line">
        <span>Stream key</span>
        <code>•••• {stream.ingest.keyHint}</code>
        {isOwner && (
          <Button busy={busy} onClick={() => setAsking(true)}>
            New key
          </Button>
        )}
      </p>
      <p className="hint">
        A key is shown once, when it is made. If this one is in OBS already, go on; if you do not
        have it, make a new one.
      </p>
      <ProblemNote problem={problem} />
      {asking && (
        <ConfirmDialog
          title={`A new key for ${stream.name}?`}
          text="The present key stops working at once; its encoder will need the new one."
          verb="Make a new key"
          onConfirm={makeNew}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { CopyLine } from '../../components/copy-line.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { api } from '../../lib/api.ts';
import type { StreamWithDestinations } from '../../lib/live-state.ts';
import { useAction } from '../../lib/use-action.ts';
import { EncoderLine } from './encoder-line.tsx';
import type { SeenEncoder } from './encoder-line.tsx';
import { ObsPicture } from './obs-picture.tsx';
import { serverAdvice } from '../../lib/server-advice.ts';
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
  const { servers, why } = serverAdvice(stream.ingest);
  const [best, ...others] = servers;
  return (
    <section className="card">
      <h2 ref={heading} tabIndex={-1}>
        Point OBS here
      </h2>
      <p>
        In OBS open <b>Settings → Stream</b>, choose the service <b>Custom…</b>, and enter:
      </p>
      {best === undefined ? (
        <p className="note note-bad">
          This Forkcast takes no RTMP and no RTMPS: both ports are turned off.
        </p>
      ) : (
        <>
          <ObsPicture server={best.url} />
          <CopyLine label={best.label} value={best.url} />
          <StreamKey {...props} />
          <p className="hint">{why}</p>
          <p className="hint">
            In <b>Settings → Output</b> take CBR and a keyframe interval of 2 s: most platforms ask
            for both.
          </p>
          {others.map(({ label, url }) => (
            <details key={label}>
              <summary>Another server</summary>
              <CopyLine label={label} value={url} />
            </details>
          ))}
        </>
      )}
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
      const { ingest } = await api.rotateKey(stream.id, 'primary');
      onKey({ streamId: stream.id, streamKey: ingest.streamKey });
      await refresh();
    });
  if (streamKey !== undefined) {
    return (
      <>
        <CopyLine label="Stream key" value={streamKey} />
        <p className="note note-fair">
          It is shown until you leave this page, and never again. Keep it secret: who has it can
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

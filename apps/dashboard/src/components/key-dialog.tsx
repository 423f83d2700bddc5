import type { RotatedKey, StreamWithKey } from '#contracts';
import { Button } from './button.tsx';
import { CopyLine } from './copy-line.tsx';
import { Dialog } from './dialog.tsx';
import { ServerLines } from './server-lines.tsx';

/** A new stream shows both of its keys, a rotated key the new one. */
export type ShownKeys = StreamWithKey | RotatedKey;

interface KeyDialogProps {
  readonly stream: ShownKeys;
  readonly onClose: () => void;
}

/** The one time stream keys are seen: what to enter in the encoder. */
export function KeyDialog({ stream, onClose }: KeyDialogProps) {
  const { ingest } = stream;
  const rotated = 'input' in stream;
  const backup = rotated && stream.input === 'backup';
  return (
    <Dialog
      title={rotated ? `New key of ${stream.name}` : `${stream.name} is ready`}
      onClose={onClose}
    >
      <p>
        In OBS open <b>Settings → Stream</b>, choose the service <b>Custom…</b>, and enter:
      </p>
      <ServerLines ingest={ingest}>
        <CopyLine
          label={backup ? 'Stream key of the backup' : 'Stream key'}
          value={ingest.streamKey}
        />
      </ServerLines>
      {'backupStreamKey' in ingest && <BackupKey value={ingest.backupStreamKey} />}
      <p className="note note-fair">
        Keys are shown this once. Keep them secret: who has one can publish to this stream.
      </p>
      <footer>
        <Button look="main" onClick={onClose}>
          Done
        </Button>
      </footer>
    </Dialog>
  );
}

function BackupKey({ value }: { readonly value: string }) {
  return (
    <>
      <CopyLine label="Stream key of the backup" value={value} />
      <p className="hint">
        For a second encoder at the same server, if you have one: it takes over when the first
        fails.
      </p>
    </>
  );
}

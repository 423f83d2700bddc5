import type { RotatedKey, StreamWithKey } from '#contracts';
import { Button } from '../../components/button.tsx';
import { CopyLine } from '../../components/copy-line.tsx';
import { Dialog } from '../../components/dialog.tsx';

/** A new stream shows both of its keys, a rotated key the new one. */
export type ShownKeys = StreamWithKey | RotatedKey;

interface KeyDialogProps {
  readonly stream: ShownKeys;
  readonly onClose: () => void;
}

/** The one time stream keys are seen: what to enter in the encoder. */
export function KeyDialog({ stream, onClose }: KeyDialogProps) {
  const { rtmpUrl, rtmpsUrl, streamKey } = stream.ingest;
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
      {rtmpsUrl !== null && <CopyLine label="Server (RTMPS)" value={rtmpsUrl} />}
      {rtmpUrl !== null && <CopyLine label="Server (RTMP)" value={rtmpUrl} />}
      <CopyLine label={backup ? 'Stream key of the backup' : 'Stream key'} value={streamKey} />
      {'backupStreamKey' in stream.ingest && <BackupKey value={stream.ingest.backupStreamKey} />}
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

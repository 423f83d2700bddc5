import type { InputRole } from '#contracts';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { CopyLine } from '../../components/copy-line.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { api } from '../../lib/api.ts';
import type { StreamWithDestinations } from '../../lib/live-state.ts';
import { useAction } from '../../lib/use-action.ts';
import { GuestLink } from './guest-link.tsx';
import type { ShownKeys } from '../../components/key-dialog.tsx';
import { KeyList } from './key-list.tsx';

interface PublishToProps {
  readonly stream: StreamWithDestinations;
  readonly open: boolean;
  readonly refresh: () => Promise<void>;
  /** The one time a new key is seen. */
  readonly onKey: (stream: ShownKeys) => void;
}

/** Where encoders publish, and the keys of both inputs, as far as they are ever shown again. */
export function PublishTo({ stream, open, refresh, onKey }: PublishToProps) {
  const { busy, problem, run } = useAction();
  const [asking, setAsking] = useState<InputRole>();
  const [shown, setShown] = useState<'keys' | 'guest'>();
  const { rtmpUrl, rtmpsUrl, keyHint, backupKeyHint } = stream.ingest;

  const rotate = (input: InputRole): void =>
    run(async () => {
      setAsking(undefined);
      onKey(await api.rotateKey(stream.id, input));
      await refresh();
    });

  return (
    <details className="publish-to" open={open}>
      <summary>Where to publish</summary>
      {rtmpsUrl !== null && <CopyLine label="Server (RTMPS)" value={rtmpsUrl} />}
      {rtmpUrl !== null && <CopyLine label="Server (RTMP)" value={rtmpUrl} />}
      <p className="key-line">
        <span>Stream key</span>
        <code>•••• {keyHint}</code>
        <Button busy={busy} onClick={() => setAsking('primary')}>
          New key
        </Button>
      </p>
      <p className="key-line">
        <span>Backup key</span>
        <code>{backupKeyHint === null ? 'none yet' : `•••• ${backupKeyHint}`}</code>
        <Button
          busy={busy}
          aria-label={`${backupKeyHint === null ? 'Make' : 'New'} key of the backup`}
          onClick={() => (backupKeyHint === null ? rotate('backup') : setAsking('backup'))}
        >
          {backupKeyHint === null ? 'Make key' : 'New key'}
        </Button>
      </p>
      <p className="key-line">
        <Button onClick={() => setShown('keys')} aria-label={`All keys of ${stream.name}`}>
          All keys
        </Button>
        <Button onClick={() => setShown('guest')} aria-label={`Guest key for ${stream.name}`}>
          Guest key
        </Button>
      </p>
      <ProblemNote problem={problem} />
      {asking && (
        <ConfirmDialog
          title={`A new ${asking === 'backup' ? 'backup ' : ''}key for ${stream.name}?`}
          text="The present key stops working at once; its encoder will need the new one."
          verb="Make a new key"
          onConfirm={() => rotate(asking)}
          onClose={() => setAsking(undefined)}
        />
      )}
      {shown === 'keys' && (
        <KeyList stream={stream} refresh={refresh} onClose={() => setShown(undefined)} />
      )}
      {shown === 'guest' && <GuestLink stream={stream} onClose={() => setShown(undefined)} />}
    </details>
  );
}

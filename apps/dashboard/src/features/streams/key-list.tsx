import { useEffect, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { api } from '../../lib/api.ts';
import { problemFrom } from '../../lib/api-problem.ts';
import type { ApiProblem } from '../../lib/api-problem.ts';
import type { Named } from '../../lib/client.ts';
import type { StreamWithDestinations } from '../../lib/live-state.ts';
import { useAction } from '../../lib/use-action.ts';

type Key = Named<'IngestKeys'>['items'][number];

interface KeyListProps {
  readonly stream: StreamWithDestinations;
  readonly refresh: () => Promise<void>;
  readonly onClose: () => void;
}

/** Every key that opens the stream now, and a way to shut each of them out. */
export function KeyList({ stream, refresh, onClose }: KeyListProps) {
  const { busy, problem, run } = useAction();
  const [keys, setKeys] = useState<readonly Key[]>();
  const [unread, setUnread] = useState<ApiProblem>();
  const [asking, setAsking] = useState<Key>();

  useEffect(() => {
    api.keys(stream.id).then(
      ({ items }) => setKeys(items),
      (thrown: unknown) => setUnread(problemFrom(thrown)),
    );
  }, [stream.id]);

  const revoke = (key: Key): void =>
    run(async () => {
      setAsking(undefined);
      await api.revokeKey(stream.id, key.id);
      setKeys((await api.keys(stream.id)).items);
      await refresh();
    });

  return (
    <Dialog title={`Keys of ${stream.name}`} onClose={onClose}>
      <ProblemNote problem={problem ?? unread} />
      {keys?.length === 0 && <p className="empty">No key opens this stream; make a new one.</p>}
      <ul className="keys">
        {keys?.map((key) => (
          <li key={key.id} className="key-line">
            <span>{key.input === 'backup' ? 'Backup key' : 'Stream key'}</span>
            <code>•••• {key.hint}</code>
            <span className="hint">{endOf(key)}</span>
            <Button
              busy={busy}
              aria-label={`Revoke the key that ends in ${key.hint}`}
              onClick={() => setAsking(key)}
            >
              Revoke
            </Button>
          </li>
        ))}
      </ul>
      {asking && (
        <ConfirmDialog
          title={`Revoke the key that ends in ${asking.hint}?`}
          text="An encoder that publishes with it is disconnected at once."
          verb="Revoke the key"
          onConfirm={() => revoke(asking)}
          onClose={() => setAsking(undefined)}
        />
      )}
    </Dialog>
  );
}

function endOf({ expiresAt }: Key): string {
  return expiresAt === null ? '' : `until ${new Date(expiresAt).toLocaleString()}`;
}

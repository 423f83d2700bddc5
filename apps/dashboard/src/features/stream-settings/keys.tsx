import type { InputRole } from '#contracts';
import { useCallback, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { KeyDialog } from '../../components/key-dialog.tsx';
import type { ShownKeys } from '../../components/key-dialog.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { ServerLines } from '../../components/server-lines.tsx';
import type { Named } from '../../lib/client.ts';
import type { StreamWithDestinations } from '../../lib/live-state.ts';
import { useLive } from '../../lib/live.ts';
import { settingsApi } from '../../lib/settings-api.ts';
import { momentWords } from '../../lib/time-words.ts';
import { useAction } from '../../lib/use-action.ts';
import { useList } from '../../lib/use-list.ts';
import { NewKeyDialog } from './new-key-dialog.tsx';
import { parts } from './settings-parts.ts';
import { focusOn, SettingsSection } from './settings-section.tsx';

type Key = Named<'IngestKey'>;

interface KeysProps {
  readonly stream: StreamWithDestinations;
  readonly mayManage: boolean;
}

/** Where encoders publish, and every key that opens the stream now. */
export function Keys({ stream, mayManage }: KeysProps) {
  return (
    <SettingsSection part={parts.keys}>
      <ServerLines ingest={stream.ingest} />
      {mayManage ? <WorkingKeys stream={stream} /> : <KeyHints stream={stream} />}
    </SettingsSection>
  );
}

interface OfStream {
  readonly stream: StreamWithDestinations;
}

/** By what end those who have a key know it. */
function KeyHints({ stream }: OfStream) {
  const { keyHint, backupKeyHint } = stream.ingest;
  return (
    <>
      <p>
        Stream key <code>•••• {keyHint}</code>
        {backupKeyHint !== null && (
          <>
            , backup key <code>•••• {backupKeyHint}</code>
          </>
        )}
      </p>
      <p className="hint">The owners of this workspace make and revoke keys.</p>
    </>
  );
}

const inputWords: Readonly<Record<InputRole, string>> = {
  primary: 'Stream key',
  backup: 'Backup key',
};

function WorkingKeys({ stream }: OfStream) {
  const { refresh } = useLive();
  const { id, name } = stream;
  const load = useCallback(() => settingsApi.keys(id), [id]);
  const { items, problem, reload } = useList(load);
  const [renewing, setRenewing] = useState<InputRole>();
  const [made, setMade] = useState<ShownKeys>();
  const lookAgain = async (): Promise<void> => {
    await reload();
    await refresh();
  };
  return (
    <>
      <ProblemNote problem={problem} />
      {items?.length === 0 && <p className="empty">No key opens this stream; make a new one.</p>}
      <ul className="rows" aria-label="Keys">
        {items &&
          sorted(items).map((key) => (
            <KeyRow key={key.id} streamId={id} of={key} lookAgain={lookAgain} />
          ))}
      </ul>
      <div className="deeds">
        <Button onClick={() => setRenewing('primary')}>New stream key</Button>
        <Button onClick={() => setRenewing('backup')}>New backup key</Button>
      </div>
      <p className="hint">
        With a backup key a second encoder stands by, and takes over when the first fails.
      </p>
      {renewing !== undefined && (
        <NewKeyDialog
          stream={stream}
          input={renewing}
          isFirst={items?.every(({ input }) => input !== renewing) ?? false}
          onClose={() => setRenewing(undefined)}
          onMade={(keys) => {
            setRenewing(undefined);
            setMade({ ...keys, name });
            void lookAgain();
          }}
        />
      )}
      {made !== undefined && <KeyDialog stream={made} onClose={() => setMade(undefined)} />}
    </>
  );
}

/** Those of the main input first; of each input the newest first, as they come. */
function sorted(keys: readonly Key[]): readonly Key[] {
  const rank = ({ input }: Key): number => (input === 'primary' ? 0 : 1);
  return [...keys].sort((one, other) => rank(one) - rank(other));
}

interface KeyRowProps {
  readonly streamId: string;
  readonly of: Key;
  readonly lookAgain: () => Promise<void>;
}

function KeyRow({ streamId, of: { id, input, hint, expiresAt }, lookAgain }: KeyRowProps) {
  const { busy, problem, run } = useAction();
  const [asking, setAsking] = useState(false);
  const revoke = (): void =>
    run(async () => {
      setAsking(false);
      try {
        await settingsApi.revokeKey(streamId, id);
        focusOn(parts.keys);
      } finally {
        // Also after a refusal: the list may be of an earlier time.
        await lookAgain();
      }
    });
  return (
    <li>
      <span>
        {inputWords[input]} <code>•••• {hint}</code>
        <span className="hint line">
          {expiresAt === null ? 'Works until it is replaced.' : `Until ${momentWords(expiresAt)}.`}
        </span>
        <ProblemNote problem={problem} />
      </span>
      <Button
        busy={busy}
        aria-label={`Revoke the key that ends in ${hint}`}
        onClick={() => setAsking(true)}
      >
        Revoke
      </Button>
      {asking && (
        <ConfirmDialog
          title={`Revoke the key that ends in ${hint}?`}
          text="An encoder that publishes with it is disconnected at once."
          verb="Revoke the key"
          onConfirm={revoke}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}

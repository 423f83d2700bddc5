import type { Stream } from '#contracts';
import { Link } from 'wouter';
import { to } from '../lib/routes.ts';
import { useMay } from '../lib/session.ts';
import { ServerLines } from './server-lines.tsx';
import './publish-to.css';

interface PublishToProps {
  readonly stream: Pick<Stream, 'id' | 'ingest'>;
  /** Whether it is unfolded: while nothing arrives, this is what one needs. */
  readonly open: boolean;
}

/** Where encoders publish, and by what end one knows the keys that they need. */
export function PublishTo({ stream, open }: PublishToProps) {
  const { keyHint, backupKeyHint } = stream.ingest;
  const mayManageKeys = useMay('keys:manage');
  return (
    <details className="publish-to" open={open}>
      <summary>Where to publish</summary>
      <p>
        In OBS open <b>Settings → Stream</b>, choose the service <b>Custom…</b>, and enter:
      </p>
      <ServerLines ingest={stream.ingest}>
        <KeyHint name="Stream key" hint={keyHint} />
        {backupKeyHint !== null && <KeyHint name="Backup key" hint={backupKeyHint} />}
      </ServerLines>
      <p className="hint">
        Keys are shown once.{' '}
        {mayManageKeys ? (
          <>
            <Link href={`${to.streamSettings(stream.id)}#keys`}>Make a new key</Link> if you do not
            have yours any more.
          </>
        ) : (
          'Ask an owner of this workspace for a new one if you do not have yours any more.'
        )}
      </p>
    </details>
  );
}

interface KeyHintProps {
  readonly name: string;
  readonly hint: string;
}

function KeyHint({ name, hint }: KeyHintProps) {
  return (
    <p className="key-line">
      <span>{name}</span>
      <code>•••• {hint}</code>
    </p>
  );
}

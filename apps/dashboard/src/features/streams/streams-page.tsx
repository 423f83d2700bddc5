import type { StreamWithKey } from '#contracts';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { KeyDialog } from '../../components/key-dialog.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { useLive, useStreams, useWorst } from '../../lib/live.ts';
import { to } from '../../lib/routes.ts';
import { useMay } from '../../lib/session.ts';
import { useTabSign } from '../../lib/tab-sign.ts';
import { CreateStreamDialog } from './create-stream-dialog.tsx';
import { StreamLine } from './stream-line.tsx';
import './streams-list.css';

/** All streams of the workspace, a line for each: how it does, and the way into its room. */
export function StreamsPage() {
  const { refresh } = useLive();
  const streams = useStreams();
  const mayMake = useMay('streams:write');
  const [, navigate] = useLocation();
  const [creating, setCreating] = useState(false);
  const [made, setMade] = useState<StreamWithKey>();
  const createButton = mayMake && (
    <Button look="main" onClick={() => setCreating(true)}>
      <Icon name="plus" />
      Create stream
    </Button>
  );

  return (
    <>
      <PageHead title="Streams">
        {streams !== undefined && streams.length > 0 && createButton}
      </PageHead>
      <WorstOfAll />
      {streams === undefined && <p className="quiet-start">Loading…</p>}
      {streams?.length === 0 && <NoStreams>{createButton}</NoStreams>}
      {streams !== undefined && streams.length > 0 && (
        <ul className="card stream-list">
          {streams.map((stream) => (
            <StreamLine key={stream.id} stream={stream} />
          ))}
        </ul>
      )}
      {creating && (
        <CreateStreamDialog
          refresh={refresh}
          onClose={() => setCreating(false)}
          onCreated={(stream) => {
            setCreating(false);
            setMade(stream);
          }}
        />
      )}
      {made && <KeyDialog stream={made} onClose={() => navigate(to.stream(made.id))} />}
    </>
  );
}

/** What is read out, and said in the tab, is the one line that most wants to be looked at. */
function WorstOfAll() {
  const worst = useWorst();
  const name = worst?.stream.name ?? '';
  useTabSign(worst?.summary, name, 'Streams');
  return (
    <output className="unseen">{worst !== undefined && `${name}: ${worst.summary.word}`}</output>
  );
}

function NoStreams({ children }: { readonly children: ReactNode }) {
  const mayMake = useMay('streams:write');
  if (!mayMake) {
    return (
      <section className="card empty-page">
        <h2>There are no streams yet</h2>
        <p>An owner of this workspace can create one. It is then listed here.</p>
      </section>
    );
  }
  return (
    <section className="card empty-page">
      <h2>Create your first stream</h2>
      <p>
        A stream is where your encoder publishes. You get a server URL and a key for OBS, and choose
        the platforms it goes to.
      </p>
      {children}
      <p>
        <Link href={to.welcome}>Go through it step by step</Link>
      </p>
    </section>
  );
}

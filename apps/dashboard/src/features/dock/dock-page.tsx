import type { ComponentType } from 'react';
import { Link } from 'wouter';
import { SummaryStrip } from '../../components/live/summary-strip.tsx';
import { PageHead } from '../../components/page-head.tsx';
import type { StreamWithDestinations } from '../../lib/live-state.ts';
import { useStatus, useStreams } from '../../lib/live.ts';
import { to } from '../../lib/routes.ts';
import { kbitPerSecond } from '../../lib/words.ts';
import { DockRow } from './dock-row.tsx';
import './dock.css';

interface DockPageProps {
  readonly streamId: string;
  /** Lent by the room of a stream. */
  readonly EndBroadcast: ComponentType<{ readonly streamId: string }>;
}

/**
 * What one needs of a stream beside the encoder's own window: how it does, and a switch for each
 * destination. Made for a dock of OBS, 260 pixels wide.
 */
export function DockPage({ streamId, EndBroadcast }: DockPageProps) {
  const streams = useStreams();
  const stream = streams?.find(({ id }) => id === streamId);
  if (streams === undefined) return <p className="quiet-start">Loading…</p>;
  if (stream === undefined) return <OtherDocks streams={streams} />;
  return (
    <>
      <PageHead title={stream.name} />
      <SummaryStrip streamId={streamId} isShort />
      <IncomingLine streamId={streamId} />
      {stream.destinations.length > 0 && (
        <ul className="dock-rows" aria-label="Destinations">
          {stream.destinations.map((destination) => (
            <DockRow key={destination.id} destination={destination} />
          ))}
        </ul>
      )}
      <div className="deeds">
        <EndBroadcast streamId={streamId} />
      </div>
    </>
  );
}

/** What comes in, in one line. It alone is drawn again each second. */
function IncomingLine({ streamId }: { readonly streamId: string }) {
  const ingest = useStatus(streamId)?.ingest;
  if (ingest === undefined || ingest === null) return null;
  const { width, height, framesPerSecond } = ingest.video ?? {};
  const parts = [
    width && height && `${width} × ${height}`,
    framesPerSecond && `${Math.round(framesPerSecond)} fps`,
    ingest.kbps > 0 && kbitPerSecond(ingest.kbps),
  ];
  return <p className="hint dock-incoming">{parts.filter(Boolean).join(' · ')}</p>;
}

/** The stream was removed, or is another workspace's: a dock outlives what it was made for. */
function OtherDocks({ streams }: { readonly streams: readonly StreamWithDestinations[] }) {
  return (
    <>
      <PageHead title="This stream is not here" />
      <p>It may have been removed, or belong to another workspace.</p>
      <ul>
        {streams.map(({ id, name }) => (
          <li key={id}>
            <Link href={to.dock(id)}>
              <bdi>{name}</bdi>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

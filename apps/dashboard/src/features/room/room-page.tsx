import type { StreamStatus } from '#contracts';
import { Link } from 'wouter';
import { PageHead } from '../../components/page-head.tsx';
import { DockButton } from '../../components/dock-address.tsx';
import { SummaryStrip } from '../../components/live/summary-strip.tsx';
import { PublishTo } from '../../components/publish-to.tsx';
import type { StreamWithDestinations } from '../../lib/live-state.ts';
import { useLive, useStreams } from '../../lib/live.ts';
import { to } from '../../lib/routes.ts';
import { useMay } from '../../lib/session.ts';
import { useStore } from '../../lib/store.ts';
import { useNow } from '../../lib/use-now.ts';
import { duration } from '../../lib/words.ts';
import { Destinations } from './destinations/destinations.tsx';
import { EndBroadcast } from './end-broadcast.tsx';
import { HistoryButton } from './history-button.tsx';
import { HoldNote } from './hold-note.tsx';
import { Incoming } from './incoming.tsx';
import { NoStream } from './no-stream.tsx';
import { Picture } from './picture.tsx';
import { RecentCharts } from './recent-charts.tsx';
import { StreamTimeline } from './timeline.tsx';
import { Warnings } from './warnings.tsx';
import './room.css';

/**
 * One stream in its show: how it does, where it goes, what comes in, and what happened. The rows
 * come first, so that each platform is seen without a move.
 */
export function RoomPage({ streamId }: { readonly streamId: string }) {
  const streams = useStreams();
  const stream = streams?.find(({ id }) => id === streamId);
  if (streams === undefined) return <p className="quiet-start">Loading…</p>;
  if (stream === undefined) return <NoStream streams={streams} />;
  return <Room key={stream.id} stream={stream} />;
}

interface RoomProps {
  readonly stream: StreamWithDestinations;
}

function Room({ stream }: RoomProps) {
  const { id, name } = stream;
  const maySet = useMay('streams:write');
  return (
    <>
      <PageHead title={name}>
        <div className="room-head">
          <OnAir streamId={id} />
          <EndBroadcast streamId={id} />
        </div>
      </PageHead>
      <SummaryStrip streamId={id} />
      <HoldNote streamId={id} />
      <StreamWarnings streamId={id} />
      <Destinations streamId={id} />
      <div className="room-picture">
        <Picture streamId={id} />
        <Incoming streamId={id} />
      </div>
      <RecentCharts streamId={id} />
      <StreamTimeline streamId={id} />
      <div className="room-deeds">
        {maySet && (
          <Link
            className="button button-plain"
            href={to.streamSettings(id)}
            aria-label={`Settings of ${name}`}
          >
            Settings
          </Link>
        )}
        <HistoryButton streamId={id} />
        <DockButton streamId={id} />
      </div>
      <WhereToPublish stream={stream} />
    </>
  );
}

/** What a part of the page needs of the status: drawn again when that changes, and not with it. */
function useOfStatus<Part>(
  streamId: string,
  select: (status: StreamStatus | undefined) => Part,
): Part {
  return useStore(useLive().store, ({ statuses }) => select(statuses[streamId]));
}

/** For how long the broadcast lasts, whether or not the encoder is there. */
function OnAir({ streamId }: { readonly streamId: string }) {
  const now = useNow();
  const startedAt = useOfStatus(streamId, (status) => status?.broadcast?.startedAt);
  if (startedAt === undefined) return <p className="pill tone-quiet">Offline</p>;
  return <p className="pill tone-good">On air for {duration(now - Date.parse(startedAt))}</p>;
}

function StreamWarnings({ streamId }: { readonly streamId: string }) {
  const warnings = useOfStatus(streamId, (status) => status?.warnings);
  return warnings && <Warnings warnings={warnings} />;
}

/** Unfolded while nothing arrives: then it is what one needs. */
function WhereToPublish({ stream }: RoomProps) {
  const arrives = useOfStatus(stream.id, (status) => (status?.ingest ?? null) !== null);
  return <PublishTo key={String(arrives)} stream={stream} open={!arrives} />;
}

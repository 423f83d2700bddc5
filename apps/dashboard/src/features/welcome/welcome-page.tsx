import { useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { PageHead } from '../../components/page-head.tsx';
import type { StreamWithDestinations } from '../../lib/live-state.ts';
import { useLive } from '../../lib/live.ts';
import { to } from '../../lib/routes.ts';
import { useSession, workspaceOf } from '../../lib/session.ts';
import { useStore } from '../../lib/store.ts';
import { DestinationsStep } from './destinations-step.tsx';
import { EncoderStep } from './encoder-step.tsx';
import { LiveStep } from './live-step.tsx';
import { NameStep } from './name-step.tsx';
import type { SeenKey, StepHeading, WelcomeParts } from './parts.ts';
import { StepList } from './step-list.tsx';
import { factsOf, stepOf } from './steps.ts';
import type { Step } from './steps.ts';
import './welcome.css';

interface WelcomePageProps {
  /** Undefined: the newest stream, or a first one. */
  readonly streamId: string | undefined;
  readonly parts: WelcomeParts;
}

/** Leads from nothing to being live. Which step it is follows from what is so. */
export function WelcomePage({ streamId, parts }: WelcomePageProps) {
  const streams = useStore(useLive().store, (state) => state.streams);
  // It stays here and nowhere else: leaving the room forgets it.
  const [seenKey, setSeenKey] = useState<SeenKey>();
  if (streams === undefined) return <p className="quiet-start">Loading…</p>;
  const stream =
    streamId === undefined ? newestOf(streams) : streams.find(({ id }) => id === streamId);
  if (stream === undefined && streamId !== undefined) return <NotHere />;
  return <Steps stream={stream} parts={parts} seenKey={seenKey} onKey={setSeenKey} />;
}

interface StepsProps {
  readonly stream: StreamWithDestinations | undefined;
  readonly parts: WelcomeParts;
  readonly seenKey: SeenKey | undefined;
  readonly onKey: (key: SeenKey) => void;
}

function Steps({ stream, parts, seenKey, onKey }: StepsProps) {
  const { store, refresh } = useLive();
  const status = useStore(store, ({ statuses }) => stream && statuses[stream.id]);
  const [, navigate] = useLocation();
  const [chosen, choose] = useState<Step>();
  const facts = factsOf(stream, status);
  const step = stepOf(facts, chosen);
  const heading = useFocusWith(step);
  const isOwner = workspaceOf(useSession())?.role === 'owner';
  const later = stream === undefined ? to.streams : to.stream(stream.id);
  const encoder = { ingest: status?.ingest ?? null, Ingest: parts.Ingest };

  return (
    <div className="welcome">
      <PageHead title={stream === undefined ? 'Create your first stream' : `Set up ${stream.name}`}>
        {step !== 'live' && <Link href={later}>Do this later</Link>}
      </PageHead>
      <StepList at={step} facts={facts} onGo={choose} />
      {stream === undefined && (
        <NameStep
          heading={heading}
          isOwner={isOwner}
          refresh={refresh}
          onCreated={({ id, ingest }) => onKey({ streamId: id, streamKey: ingest.streamKey })}
          onSeen={(id) => navigate(to.welcomeOf(id), { replace: true })}
        />
      )}
      {stream !== undefined && step === 'encoder' && (
        <EncoderStep
          heading={heading}
          stream={stream}
          streamKey={seenKey?.streamId === stream.id ? seenKey.streamKey : undefined}
          isOwner={isOwner}
          encoder={encoder}
          refresh={refresh}
          onKey={onKey}
          onNext={() => choose('destinations')}
        />
      )}
      {stream !== undefined && step === 'destinations' && (
        <DestinationsStep
          heading={heading}
          stream={stream}
          delayFits={status?.delaySecondsMax ?? null}
          encoder={encoder}
          AddDestination={parts.AddDestination}
          refresh={refresh}
          // What is added here must not lead away from here.
          onAdd={() => choose('destinations')}
          onGo={choose}
        />
      )}
      {stream !== undefined && step === 'live' && (
        <LiveStep
          heading={heading}
          stream={stream}
          status={status}
          facts={facts}
          encoder={encoder}
          onGo={choose}
        />
      )}
    </div>
  );
}

/** Moves the focus along when another step is shown: what had it may be gone. */
function useFocusWith(step: Step): StepHeading {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    heading.current?.focus();
  }, [step]);
  return heading;
}

function NotHere() {
  return (
    <>
      <PageHead title="This stream is not here" />
      <p>
        It may have been removed, or belong to another workspace.{' '}
        <Link href={to.streams}>Go to the streams</Link>
      </p>
    </>
  );
}

function newestOf(streams: readonly StreamWithDestinations[]): StreamWithDestinations | undefined {
  const [first, ...others] = streams;
  return others.reduce(
    (newest, each) => (newest !== undefined && newest.createdAt < each.createdAt ? each : newest),
    first,
  );
}

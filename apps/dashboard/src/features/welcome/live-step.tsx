import type { Destination, StreamStatus } from '#contracts';
import { Link } from 'wouter';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { LeadAction } from '../../components/live/lead-action.tsx';
import { PlatformMark } from '../../components/platform-mark.tsx';
import { pushOf } from '../../lib/live-state.ts';
import type { StreamWithDestinations } from '../../lib/live-state.ts';
import { pushLook } from '../../lib/looks.ts';
import { to } from '../../lib/routes.ts';
import { useNow } from '../../lib/use-now.ts';
import { kbitPerSecond } from '../../lib/words.ts';
import { EncoderLine } from './encoder-line.tsx';
import type { SeenEncoder } from './encoder-line.tsx';
import { isDone, liveWords } from './steps.ts';
import type { Facts, Step } from './steps.ts';
import type { StepHeading } from './parts.ts';

interface LiveStepProps {
  readonly heading: StepHeading;
  readonly stream: StreamWithDestinations;
  readonly status: StreamStatus | undefined;
  readonly facts: Facts;
  readonly encoder: SeenEncoder;
  readonly onGo: (step: Step) => void;
}

/** Start the encoder, and see each platform turn green. */
export function LiveStep({ heading, stream, status, facts, encoder, onGo }: LiveStepProps) {
  const now = useNow();
  const isLive = isDone('live', facts);
  return (
    <section className="card">
      <h2 ref={heading} tabIndex={-1}>
        Go live
      </h2>
      {encoder.ingest === null && (
        <p>
          Press <b>Start Streaming</b> in OBS. Each destination starts by itself.
        </p>
      )}
      <EncoderLine {...encoder} />
      <ul className="welcome-pushes" aria-label="Destinations">
        {stream.destinations.map((destination) => (
          <PushLine key={destination.id} destination={destination} status={status} now={now} />
        ))}
      </ul>
      <output className={isLive ? 'note tone-good' : 'hint'}>{liveWords(facts)}</output>
      <footer>
        <Button onClick={() => onGo('destinations')}>
          {stream.destinations.length === 0 ? 'Back' : 'Add another destination'}
        </Button>
        <Link href={to.stream(stream.id)} className={isLive ? 'button button-main' : 'button'}>
          Open the live room
        </Link>
      </footer>
    </section>
  );
}

interface PushLineProps {
  readonly destination: Destination;
  readonly status: StreamStatus | undefined;
  readonly now: number;
}

function PushLine({ destination, status, now }: PushLineProps) {
  const push = pushOf(destination, status);
  const { word, icon, tone } = pushLook(push, now);
  const isLive = push.state === 'live' || push.state === 'degraded';
  return (
    <li data-state={push.state}>
      <PlatformMark destination={destination} />
      <bdi className="welcome-name">{destination.name}</bdi>
      <span className={`welcome-state tone-${tone}`}>
        <Icon name={icon} />
        {word}
      </span>
      {isLive && push.kbps > 0 && <span className="welcome-rate">{kbitPerSecond(push.kbps)}</span>}
      <LeadAction destination={destination} push={push} />
      {!isLive && push.lastError && <p className="note note-fair">{push.lastError.message}</p>}
    </li>
  );
}

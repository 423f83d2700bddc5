import { useState } from 'react';
import type { ComponentProps } from 'react';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { LiveAtOnce } from '../../components/live/live-at-once.tsx';
import { PlatformMark } from '../../components/platform-mark.tsx';
import type { StreamWithDestinations } from '../../lib/live-state.ts';
import { EncoderLine } from './encoder-line.tsx';
import type { SeenEncoder } from './encoder-line.tsx';
import { PlatformGrid } from './platform-grid.tsx';
import type { Step } from './steps.ts';
import type { StepHeading, WelcomeParts } from './parts.ts';

interface DestinationsStepProps
  extends
    Pick<WelcomeParts, 'AddDestination'>,
    Pick<ComponentProps<WelcomeParts['AddDestination']>, 'delayFits' | 'refresh'> {
  readonly heading: StepHeading;
  readonly stream: StreamWithDestinations;
  readonly encoder: SeenEncoder;
  /** Something is about to be added. */
  readonly onAdd: () => void;
  readonly onGo: (step: Step) => void;
}

interface Adding {
  readonly platformId: string;
  readonly toPaste: boolean;
}

/** Where it is to go: what was pasted, or a platform out of many. */
export function DestinationsStep(props: DestinationsStepProps) {
  const { heading, stream, delayFits, encoder, AddDestination, refresh, onAdd, onGo } = props;
  const [adding, setAdding] = useState<Adding>();
  const add = (opened: Adding): void => {
    onAdd();
    setAdding(opened);
  };
  return (
    <section className="card">
      <h2 ref={heading} tabIndex={-1}>
        Where should it go?
      </h2>
      {encoder.ingest !== null && <EncoderLine {...encoder} />}
      <Added stream={stream} />
      <LiveAtOnce streamId={stream.id} />
      <p>
        Does the platform show you a server and a key? Copy both and{' '}
        <Button onClick={() => add({ platformId: 'custom', toPaste: true })}>
          <Icon name="copy" />
          Paste them here
        </Button>
      </p>
      <PlatformGrid onPick={(platformId) => add({ platformId, toPaste: false })} />
      {adding !== undefined && (
        <AddDestination
          streamId={stream.id}
          {...adding}
          delayFits={delayFits}
          refresh={refresh}
          onClose={() => setAdding(undefined)}
        />
      )}
      <footer>
        <Button onClick={() => onGo('encoder')}>Back</Button>
        <Button
          look={stream.destinations.length === 0 ? 'plain' : 'main'}
          onClick={() => onGo('live')}
        >
          {stream.destinations.length === 0 ? 'Skip this' : 'Next: go live'}
        </Button>
      </footer>
    </section>
  );
}

function Added({ stream }: { readonly stream: StreamWithDestinations }) {
  if (stream.destinations.length === 0) return null;
  return (
    <ul className="welcome-added" aria-label="Destinations so far">
      {stream.destinations.map((destination) => (
        <li key={destination.id}>
          <PlatformMark destination={destination} />
          <bdi>{destination.name}</bdi>
        </li>
      ))}
    </ul>
  );
}

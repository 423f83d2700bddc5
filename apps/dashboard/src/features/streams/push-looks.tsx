import type { Destination } from '#contracts';
import type { PushView } from '../../lib/live-state.ts';
import { testPlatformId } from './platforms.ts';
import { Preview } from './preview.tsx';
import { DestinationTest } from './test-result.tsx';

interface PushLooksProps {
  readonly destination: Destination;
  readonly push: PushView;
  readonly onAir: boolean;
}

/** What can be looked at of a destination: before the show whether it works, in it what arrives. */
export function PushLooks({ destination, push, onAir }: PushLooksProps) {
  const isTest = destination.platform === testPlatformId;
  const isConnected = onAir || push.state === 'draining' || push.state === 'connecting';
  if (isTest ? !onAir : isConnected) return null;
  return (
    <div className="push-looks">
      {isTest ? (
        <Preview destination={destination} />
      ) : (
        <DestinationTest destination={destination} onAir={push.state === 'retrying'} />
      )}
    </div>
  );
}

import type { Destination } from '#contracts';
import { usePresets } from '../lib/platforms.ts';
import { Mark } from './mark.tsx';

interface PlatformMarkProps {
  readonly destination: Pick<Destination, 'platform' | 'name'>;
}

/** Where a destination leads: the mark of its platform; of a server of one's own, its name's. */
export function PlatformMark({ destination: { platform, name } }: PlatformMarkProps) {
  const preset = usePresets()?.find(({ id }) => id === platform);
  const isKnown = preset !== undefined && platform !== 'custom';
  return isKnown ? <Mark id={platform} name={preset.name} /> : <Mark id={name} name={name} />;
}

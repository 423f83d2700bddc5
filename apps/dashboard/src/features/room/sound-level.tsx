import { useEffect, useState } from 'react';
import type { RefObject } from 'react';
import { Button } from '../../components/button.tsx';
import { measureSound, silenceDecibels } from '../../lib/sound-meter.ts';
import type { SoundMeter } from '../../lib/sound-meter.ts';

interface SoundLevelProps {
  readonly video: RefObject<HTMLVideoElement | null>;
}

const beatMs = 200;
/** Louder is near to being cut. */
const loudDecibels = -6;

/** How loud it is, for who asks: browsers let a page listen only after a press. */
export function SoundLevel({ video }: SoundLevelProps) {
  const [meter, setMeter] = useState<SoundMeter>();
  const [isHeard, setHeard] = useState(false);
  useEffect(() => () => meter?.close(), [meter]);
  const start = (): void => {
    if (video.current !== null) setMeter(measureSound(video.current));
  };
  const hear = (): void => {
    meter?.setHeard(!isHeard);
    setHeard(!isHeard);
  };
  if (meter === undefined) {
    return (
      <Button aria-label="Show the sound level" onClick={start}>
        Sound
      </Button>
    );
  }
  return (
    <>
      <Level meter={meter} />
      <Button onClick={hear}>{isHeard ? 'Mute' : 'Listen'}</Button>
    </>
  );
}

function Level({ meter }: { readonly meter: SoundMeter }) {
  const [decibels, setDecibels] = useState(silenceDecibels);
  useEffect(() => {
    const timer = setInterval(() => setDecibels(Math.round(meter.level())), beatMs);
    return () => clearInterval(timer);
  }, [meter]);
  return (
    <p className="sound-level">
      <meter
        aria-label="Sound level"
        min={silenceDecibels}
        max={0}
        high={loudDecibels}
        optimum={loudDecibels * 3}
        value={decibels}
      />
      <span className="hint">{decibels <= silenceDecibels ? 'silent' : `${decibels} dB`}</span>
    </p>
  );
}

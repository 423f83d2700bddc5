import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { Button } from '../../components/button.tsx';
import { Tick } from '../../components/tick.tsx';
import { codecWords } from '../../lib/ingest-words.ts';
import { useStatus } from '../../lib/live.ts';
import { alwaysShowsPicture, chooseAlwaysPicture } from '../../lib/preview-choice.ts';
import { useMay } from '../../lib/session.ts';
import { useLivePicture } from '../../lib/use-live-picture.ts';
import { useLookedAt } from '../../lib/use-looked-at.ts';
import { inWorkspace } from '../../lib/workspace-link.ts';
import { SoundLevel } from './sound-level.tsx';
import './picture.css';

interface PictureProps {
  readonly streamId: string;
}

/** What viewers are sent, to be looked at. It is made only while somebody looks. */
export function Picture({ streamId }: PictureProps) {
  const may = useMay('live:control');
  return (
    <section className="card picture" aria-label="Picture">
      <h2>Picture</h2>
      {may ? (
        <Wanted streamId={streamId} />
      ) : (
        <p className="hint">
          Operators and owners can look at it here. You see it where your viewers do.
        </p>
      )}
    </section>
  );
}

function Wanted({ streamId }: PictureProps) {
  const [isAlways, setAlways] = useState(alwaysShowsPicture);
  const [isWanted, setWanted] = useState(isAlways);
  const [wasPressed, setPressed] = useState(false);
  const video = useRef<HTMLVideoElement>(null);
  return (
    <>
      {isWanted ? (
        <Screen streamId={streamId} video={video} wasPressed={wasPressed} />
      ) : (
        <p className="hint">What viewers are sent. It is made only while somebody looks.</p>
      )}
      <div className="deeds">
        <Button
          aria-label={isWanted ? 'Hide the picture' : 'Show the picture'}
          onClick={() => {
            setPressed(true);
            setWanted(!isWanted);
          }}
        >
          {isWanted ? 'Hide' : 'Show the picture'}
        </Button>
        {isWanted && <SoundLevel video={video} />}
        <Tick
          label="Always show it"
          checked={isAlways}
          onChange={({ target: { checked } }) => {
            chooseAlwaysPicture(checked);
            setAlways(checked);
            if (checked) setWanted(true);
          }}
        />
      </div>
    </>
  );
}

interface ScreenProps extends PictureProps {
  readonly video: RefObject<HTMLVideoElement | null>;
  /** Whoever has just asked for it wants to see it. */
  readonly wasPressed: boolean;
}

function Screen({ streamId, video, wasPressed }: ScreenProps) {
  useEffect(() => {
    if (wasPressed) video.current?.scrollIntoView({ block: 'nearest' });
  }, [video, wasPressed]);
  const status = useStatus(streamId);
  const isOn = (status?.broadcast ?? null) !== null;
  const isLookedAt = useLookedAt(video);
  const url = inWorkspace(`/api/v1/streams/${streamId}/preview`);
  const fault = useLivePicture(video, url, isOn && isLookedAt);
  const codecs = status?.ingest ? codecWords(status.ingest) : '';
  const words =
    fault?.end === 'unplayable' && codecs !== ''
      ? `This browser cannot show ${codecs}. It goes out all the same.`
      : fault?.message;
  return (
    <>
      <video
        ref={video}
        className="preview"
        aria-label="What viewers are sent"
        muted
        autoPlay
        playsInline
      />
      <output>
        {words !== undefined && <span className="note note-fair line">{words}</span>}
        {!isOn && (
          <span className="note line">The picture comes as soon as your encoder is on.</span>
        )}
      </output>
      <p className="hint">
        As it goes out, about a second later, with the picture that stands in while your encoder is
        away.
      </p>
    </>
  );
}

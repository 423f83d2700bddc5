import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { Button } from '../../components/button.tsx';
import { Tick } from '../../components/tick.tsx';
import { codecWords } from '../../lib/ingest-words.ts';
import { useLive, useStatus } from '../../lib/live.ts';
import { alwaysShowsPicture, chooseAlwaysPicture } from '../../lib/preview-choice.ts';
import { useMay } from '../../lib/session.ts';
import { useStore } from '../../lib/store.ts';
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
  const broadcastId = useStore(
    useLive().store,
    ({ statuses }) => statuses[streamId]?.broadcast?.id ?? null,
  );
  // In which broadcast; null: in the next one; undefined: in none.
  const [wantedIn, setWantedIn] = useState<string | null | undefined>(isAlways ? null : undefined);
  const [wasPressed, setPressed] = useState(false);
  const video = useRef<HTMLVideoElement>(null);
  const isOn = broadcastId !== null;
  if (isOn && wantedIn !== undefined && wantedIn !== broadcastId) {
    setWantedIn(wantedIn === null || isAlways ? broadcastId : undefined);
  }
  // After the end it is as it was at first. A relay that says nothing for a while ends nothing.
  const isWanted =
    wantedIn !== undefined && (isAlways || (wantedIn ?? broadcastId) === broadcastId);
  return (
    <>
      {isWanted ? (
        <>
          {isOn ? (
            <Screen streamId={streamId} video={video} wasPressed={wasPressed} />
          ) : (
            <p className="note">The picture comes as soon as your encoder is on.</p>
          )}
          <p className="hint">
            As it goes out, about a second later, with the picture that stands in while your encoder
            is away.
          </p>
        </>
      ) : (
        <p className="hint">What viewers are sent. It is made only while somebody looks.</p>
      )}
      <div className="deeds">
        <Button
          aria-label={isWanted ? 'Hide the picture' : 'Show the picture'}
          onClick={() => {
            setPressed(true);
            setWantedIn(isWanted ? undefined : broadcastId);
          }}
        >
          {isWanted ? 'Hide' : 'Show the picture'}
        </Button>
        {isWanted && isOn && <SoundLevel video={video} />}
        <Tick
          label="Always show it"
          checked={isAlways}
          onChange={({ target: { checked } }) => {
            chooseAlwaysPicture(checked);
            setAlways(checked);
            if (checked) setWantedIn(broadcastId);
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
  const isLookedAt = useLookedAt(video);
  const url = inWorkspace(`/api/v1/streams/${streamId}/preview`);
  const fault = useLivePicture(video, url, isLookedAt);
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
      <output>{words !== undefined && <span className="note note-fair line">{words}</span>}</output>
    </>
  );
}

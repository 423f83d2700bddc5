import { useEffect, useState } from 'react';
import type { StreamWithDestinations } from '../../lib/live-state.ts';
import { usePush, useSummary, useWantedStream } from '../../lib/live.ts';
import type { Summary } from '../../lib/summary.ts';
import { useTabSign } from '../../lib/tab-sign.ts';
import { Icon } from '../icon.tsx';
import { Ago, Countdown } from '../time.tsx';
import { LeadAction } from './lead-action.tsx';
import './summary-strip.css';

interface SummaryStripProps {
  readonly streamId: string;
  /** The button that mends it stands below already, in sight. */
  readonly isShort?: boolean;
}

/**
 * Whether all is well, in one glance: the one place of its page that is read out when it changes.
 * It names the tab of the browser, too.
 */
export function SummaryStrip({ streamId, isShort = false }: SummaryStripProps) {
  const stream = useWantedStream(streamId);
  const summary = useSummary(streamId);
  useTabSign(summary, stream?.name ?? '');
  // Stays when nothing is left to mend: a dialog that it opened may still be written in.
  const [mended, setMended] = useState<string>();
  const needed = summary?.action?.destinationId;
  if (needed !== undefined && needed !== mended) setMended(needed);
  if (stream === undefined || summary === undefined) return null;
  const { tone, icon, word, detail, time } = summary;
  return (
    <div className={`summary tone-${tone}`}>
      <Icon name={icon} />
      <div className="summary-words">
        <output>
          <b>{word}</b>
          {detail !== '' && <span> {detail}</span>}
        </output>
        {time !== null && <SummaryTime time={time} />}
      </div>
      {!isShort && mended !== undefined && (
        <Mend stream={stream} destinationId={mended} isNeeded={needed !== undefined} />
      )}
      {tone === 'bad' && <Alarm key={word} words={word} />}
    </div>
  );
}

/** It goes on by itself, and is not read out. */
function SummaryTime({ time: { as, at } }: { readonly time: NonNullable<Summary['time']> }) {
  return (
    <p className="hint">
      {as === 'heard' ? (
        <>
          Last heard <Ago at={at} />
        </>
      ) : (
        <>
          Ends <Countdown at={at} /> unless it returns
        </>
      )}
    </p>
  );
}

interface MendProps {
  readonly stream: StreamWithDestinations;
  readonly destinationId: string;
  readonly isNeeded: boolean;
}

function Mend({ stream, destinationId, isNeeded }: MendProps) {
  const push = usePush(stream.id, destinationId);
  const destination = stream.destinations.find(({ id }) => id === destinationId);
  return destination && <LeadAction destination={destination} push={push} isHidden={!isNeeded} />;
}

const saidMs = 5_000;

/** Breaks in on who listens, once; after that it stands in the strip alone. */
function Alarm({ words }: { readonly words: string }) {
  const [isNew, setIsNew] = useState(true);
  useEffect(() => {
    const timer = setTimeout(() => setIsNew(false), saidMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p role="alert" className="unseen">
      {isNew && words}
    </p>
  );
}

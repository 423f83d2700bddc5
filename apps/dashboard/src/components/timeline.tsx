import { useMemo, useState } from 'react';
import type { Incident } from '../lib/incidents.ts';
import type { TimelineLine } from '../lib/timeline-line.ts';
import { linesOf, minutesOf, sayingsOf, saysAlike, shownOf } from '../lib/timeline-lines.ts';
import type { TimelineMinute, TimelineOrder } from '../lib/timeline-lines.ts';
import { returnsOf } from '../lib/timeline-returns.ts';
import { dayWords } from '../lib/time-words.ts';
import { entryLook, returnWords } from '../lib/timeline-words.ts';
import type { EntryLook } from '../lib/timeline-words.ts';
import { countWords } from '../lib/words.ts';
import { Button } from './button.tsx';
import { Choice } from './choice.tsx';
import { Icon } from './icon.tsx';
import { Clock } from './time.tsx';
import './timeline.css';

/** Lines that are drawn at once. */
const linesAtOnce = 200;

interface TimelineProps {
  /** Oldest first. The same array from one drawing to the next. */
  readonly entries: readonly Incident[];
  readonly order: TimelineOrder;
  /** Of whom it tells: each can be looked at alone. */
  readonly destinations: readonly { readonly id: string; readonly name: string }[];
  /** What is looked at; empty: everything. */
  readonly show: string;
  readonly onShow: (show: string) => void;
  /** Whether it goes on until a person has done something. */
  readonly asksForPerson: (entry: Incident) => boolean;
}

/**
 * What happened in a broadcast, told in the same words while it is live and afterwards. What others
 * said is text, and stands in quotation marks.
 */
export function Timeline(props: TimelineProps) {
  const { entries, order, destinations, show, onShow, asksForPerson } = props;
  const [most, setMost] = useState(linesAtOnce);
  const lines = useMemo(() => linesOf(shownOf(entries, show)), [entries, show]);
  const returns = useMemo(() => returnsOf(entries), [entries]);
  const minutes = useMemo(() => minutesOf(lines, order, most), [lines, order, most]);
  const left = lines.length - most;
  const nameOf = (id: string): string | undefined =>
    destinations.find((destination) => destination.id === id)?.name;
  return (
    <>
      <Choice
        label="Show"
        options={[...choices, ...destinations.map(({ id, name }) => [`push:${id}`, name] as const)]}
        value={show}
        onChange={({ target }) => {
          setMost(linesAtOnce);
          onShow(target.value);
        }}
      />
      {lines.length === 0 && (
        <p className="empty">
          {show === '' ? 'Nothing has happened yet.' : 'Nothing of this kind happened.'}
        </p>
      )}
      <ol className="timeline">
        {minutes.map((minute, index) => (
          <Minute
            key={minute.minuteMs}
            minute={minute}
            before={minutes[index - 1]}
            order={order}
            returns={returns}
            asksForPerson={asksForPerson}
            nameOf={nameOf}
          />
        ))}
      </ol>
      {left > 0 && (
        <Button onClick={() => setMost(most + linesAtOnce)}>
          Show {countWords(Math.min(left, linesAtOnce), 'more line', 'more lines')}
        </Button>
      )}
    </>
  );
}

const choices = [
  ['', 'Everything'],
  ['push', 'Destinations'],
  ['ingest', 'The encoder and the broadcast'],
  ['action', 'What people did'],
] as const;

interface MinuteProps extends Pick<TimelineProps, 'asksForPerson' | 'order'> {
  readonly minute: TimelineMinute;
  readonly before: TimelineMinute | undefined;
  readonly returns: ReadonlyMap<Incident, number>;
  readonly nameOf: (destinationId: string) => string | undefined;
}

function Minute({ minute, before, order, returns, asksForPerson, nameOf }: MinuteProps) {
  const { minuteMs, lines } = minute;
  const day = dayOf(minuteMs);
  const isNewDay = before !== undefined && dayOf(before.minuteMs) !== day;
  return (
    <li>
      {(isNewDay || before === undefined) && <p className="timeline-day">{day}</p>}
      <ul>
        {lines.map((line) => (
          <Line
            key={[line.first.at, line.first.destinationId, line.first.message].join('\n')}
            line={line}
            order={order}
            awayMs={returns.get(line.last)}
            asks={asksForPerson(line.last)}
            name={nameOf(line.first.destinationId ?? '')}
          />
        ))}
      </ul>
    </li>
  );
}

function dayOf(ms: number): string {
  return dayWords(new Date(ms).toISOString());
}

interface LineProps extends Pick<TimelineProps, 'order'> {
  readonly line: TimelineLine;
  /** For how long it was away, of what is live again. */
  readonly awayMs: number | undefined;
  readonly asks: boolean;
  readonly name: string | undefined;
}

/** It comes and goes: neither what it was last nor how it ends is the whole of it. */
const restless: EntryLook = { tone: 'fair', icon: 'retry' };

function Line({ line, order, awayMs, asks, name }: LineProps) {
  const { first, last, told } = line;
  const { tone, icon, meaning } = told === 'troubles' && !asks ? restless : entryLook(last, asks);
  // Why it was lost comes first: what the tries after it met follows from that.
  const isTried = told === 'tries' && first !== last;
  return (
    <li className={`timeline-line tone-${tone}`}>
      <Clock at={order === 'newest' ? last.at : first.at} />
      <Icon name={icon} />
      <div className="timeline-said">
        {isTried && <Said entry={first} />}
        <Often line={line} name={name} />
        {!(isTried && saysAlike(first, last)) && <Said entry={last} awayMs={awayMs} />}
        <Sayings line={line} />
        {meaning !== undefined && <p className="hint">{meaning}</p>}
      </div>
    </li>
  );
}

/** How often it was so, where that was more than once. */
function Often({ line, name }: Pick<LineProps, 'line' | 'name'>) {
  const { first, last, times, told } = line;
  if (times === 1) return null;
  // The first try was not made again.
  const often =
    told === 'tries' ? `tried again ${countWords(times - 1, 'time')}` : countWords(times, 'time');
  return (
    <p className={told === 'words' ? 'hint' : undefined}>
      {told !== 'words' && <bdi>{name ?? 'A destination'}</bdi>}
      {told === 'troubles' && ' was in trouble'} {often}, <Clock at={first.at} /> to{' '}
      <Clock at={last.at} />
    </p>
  );
}

interface SaidProps {
  readonly entry: Incident;
  readonly awayMs?: number | undefined;
}

function Said({ entry: { message, remoteWords, actor }, awayMs }: SaidProps) {
  return (
    <>
      <p>
        <bdi>{awayMs === undefined ? message : returnWords(message, awayMs)}</bdi>
      </p>
      {remoteWords && (
        <p className="hint">
          The server said: “<bdi>{remoteWords}</bdi>”
        </p>
      )}
      {actor && (
        <p className="hint">
          by <bdi>{actor}</bdi>
        </p>
      )}
    </>
  );
}

/** Why a destination failed again and again, where that was not always for one reason. */
function Sayings({ line }: { readonly line: TimelineLine }) {
  const sayings = sayingsOf(line);
  // All of them stand there.
  const shown = line.told === 'tries' && !saysAlike(line.first, line.last) ? 2 : 1;
  if (line.told === 'words' || sayings.length <= shown) return null;
  return (
    <details>
      <summary>All that was said</summary>
      <ul>
        {sayings.map(([entry, times]) => (
          <li key={[entry.at, entry.message].join('\n')}>
            <Said entry={entry} />
            {times > 1 && <p className="hint">{countWords(times, 'time')}</p>}
          </li>
        ))}
      </ul>
    </details>
  );
}

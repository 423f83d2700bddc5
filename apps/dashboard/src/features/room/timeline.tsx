import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import { Timeline } from '../../components/timeline.tsx';
import { incidentsMax } from '../../lib/incidents.ts';
import type { Incident } from '../../lib/incidents.ts';
import type { LiveState } from '../../lib/live-state.ts';
import { useLive, useWantedStream } from '../../lib/live.ts';
import { to } from '../../lib/routes.ts';
import { withSharedParts } from '../../lib/shared-parts.ts';
import { useStore } from '../../lib/store.ts';
import { needsNow, needyOf } from './needs-now.ts';
import type { Needy } from './needs-now.ts';

interface StreamTimelineProps {
  readonly streamId: string;
}

const none: readonly Incident[] = [];

/** What happened in the broadcast that is under way, or in the last one that this page heard of. */
export function StreamTimeline({ streamId }: StreamTimelineProps) {
  const { store } = useLive();
  const incidents = useStore(store, (state) => state.incidents[streamId]);
  const isOn = useStore(store, ({ statuses }) => (statuses[streamId]?.broadcast ?? null) !== null);
  const readNeedy = useMemo(() => needyReader(streamId), [streamId]);
  const needy = useStore(store, readNeedy);
  const destinations = useWantedStream(streamId)?.destinations;
  const [show, setShow] = useState('');
  const items = incidents?.items ?? none;
  const oldestFirst = useMemo(() => items.slice().reverse(), [items]);
  const named = useMemo(
    () => (destinations ?? []).map(({ id, name }) => ({ id, name })),
    [destinations],
  );
  const needs = useMemo(() => needsNow(items, needy, isOn), [items, needy, isOn]);
  return (
    <section className="card incidents" aria-label="What happened">
      <h2>What happened</h2>
      {incidents === undefined ? (
        <p className="hint">What happens in a broadcast is told here, as it happens.</p>
      ) : (
        <Timeline
          entries={oldestFirst}
          order="newest"
          destinations={named}
          show={show}
          onShow={setShow}
          asksForPerson={(entry) => needs.has(entry)}
        />
      )}
      {incidents !== undefined && items.length >= incidentsMax && (
        <p className="hint">
          These are the newest {incidentsMax} entries.{' '}
          <Link href={to.broadcast(incidents.broadcastId)}>Look at all of them</Link>
        </p>
      )}
    </section>
  );
}

/** Gives the same object until it says something else: figures come each second. */
function needyReader(streamId: string): (state: LiveState) => readonly Needy[] {
  let held: readonly Needy[] = [];
  return ({ statuses }) => {
    const status = statuses[streamId];
    held = withSharedParts(held, status === undefined ? [] : needyOf(status));
    return held;
  };
}

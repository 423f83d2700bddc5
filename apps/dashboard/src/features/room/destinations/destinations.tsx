import type { Destination } from '#contracts';
import { useState } from 'react';
import { Link } from 'wouter';
import { Button } from '../../../components/button.tsx';
import { Icon } from '../../../components/icon.tsx';
import { useLive, useWantedStream } from '../../../lib/live.ts';
import { usePresets } from '../../../lib/platforms.ts';
import { to } from '../../../lib/routes.ts';
import { useMay } from '../../../lib/session.ts';
import { useStore } from '../../../lib/store.ts';
import { AddDestinationDialog } from './add-destination-dialog.tsx';
import { AllSwitch } from './all-switch.tsx';
import { DestinationRow } from './destination-row.tsx';
import { useKeys } from './use-keys.ts';
import './destinations.css';

/** Where a stream goes: a row for each destination. */
export function Destinations({ streamId }: { readonly streamId: string }) {
  const stream = useWantedStream(streamId);
  const { store, refresh } = useLive();
  const delayFits = useStore(store, (state) => state.statuses[streamId]?.delaySecondsMax ?? null);
  // A dialog that needs them is then open at once.
  usePresets();
  const mayWrite = useMay('destinations:write');
  const [adding, setAdding] = useState(false);
  const destinations = stream?.destinations ?? [];

  return (
    <section className="card destinations" aria-labelledby="destinations">
      <header>
        <h2 id="destinations">Destinations</h2>
        <AllSwitch streamId={streamId} destinations={destinations} />
        {mayWrite && (
          <Button onClick={() => setAdding(true)}>
            <Icon name="plus" />
            Add destination
          </Button>
        )}
      </header>
      {destinations.length === 0 ? (
        <p className="empty">
          No destinations yet.{' '}
          {mayWrite && (
            <>
              Add one: this stream is sent there whenever your encoder is on.{' '}
              <Link href={to.welcomeOf(streamId)}>Set it up step by step</Link>
            </>
          )}
        </p>
      ) : (
        <DestinationList destinations={destinations} delayFits={delayFits} />
      )}
      {adding && (
        <AddDestinationDialog
          streamId={streamId}
          delayFits={delayFits}
          refresh={refresh}
          onClose={() => setAdding(false)}
        />
      )}
    </section>
  );
}

interface DestinationListProps {
  readonly destinations: readonly Destination[];
  readonly delayFits: number | null;
}

function DestinationList({ destinations, delayFits }: DestinationListProps) {
  const list = useKeys<HTMLUListElement>(walk);
  return (
    <ul className="destination-list" ref={list}>
      {destinations.map((destination) => (
        <DestinationRow key={destination.id} destination={destination} delayFits={delayFits} />
      ))}
    </ul>
  );
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** The arrow keys go from row to row: from switch to switch, which is what one is there for. */
function walk(event: KeyboardEvent, list: HTMLUListElement): void {
  const step = steps[event.key];
  const from = event.target as Element;
  // Below the button of a menu they open it.
  if (step === undefined || from.ariaHasPopup === 'menu') return;
  const rows = Array.from(list.children);
  const at = rows.findIndex((row) => row.contains(from));
  const next = rows[at + step]?.querySelector<HTMLElement>('[role=switch], button');
  if (next === null || next === undefined) return;
  event.preventDefault();
  next.focus();
}

import type { Destination } from '#contracts';
import { useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { useLive } from '../../../lib/live.ts';
import { isOnAir } from '../../../lib/push-words.ts';
import { useMay } from '../../../lib/session.ts';
import { serverNow } from '../../../lib/server-clock.ts';
import { useStore } from '../../../lib/store.ts';
import { useToggle } from '../../../lib/toggle.ts';
import { wantedOf } from '../../../lib/wishes.ts';

interface AllSwitchProps {
  readonly streamId: string;
  readonly destinations: readonly Destination[];
}

const rest = 'Your encoder stays connected.';

/** Each by a call of its own: what one of them refuses stops none of the others. */
export function AllSwitch({ streamId, destinations }: AllSwitchProps) {
  const toggle = useToggle();
  const mayControl = useMay('live:control');
  const { store } = useLive();
  const onAir = useStore(
    store,
    (state) => state.statuses[streamId]?.pushes.filter(isOnAir).length ?? 0,
  );
  const [asking, setAsking] = useState(false);
  const wishes = useStore(store, (state) => state.wishes);
  const isOn = (destination: Destination): boolean =>
    wantedOf(destination, wishes, serverNow()).enabled;
  const on = destinations.filter(isOn);
  const off = destinations.filter((destination) => !isOn(destination));
  if (!mayControl || destinations.length < 2) return null;
  const who = onAir === 1 ? 'One is' : `${onAir} are`;
  const stopAll = (): void => {
    setAsking(false);
    for (const each of on) toggle(each, false);
  };
  return (
    <>
      {off.length > 0 && (
        <Button
          onClick={() => {
            for (const each of off) toggle(each, true);
          }}
        >
          All on
        </Button>
      )}
      {on.length > 0 && (
        <Button onClick={() => (onAir > 0 ? setAsking(true) : stopAll())}>All off</Button>
      )}
      {asking && (
        <ConfirmDialog
          title="Stop all destinations?"
          text={`${who} live now: viewers there will see the broadcast end. ${rest}`}
          verb="Stop all"
          keep="Keep them on"
          onConfirm={stopAll}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

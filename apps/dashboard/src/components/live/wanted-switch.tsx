import type { Destination } from '#contracts';
import { useState } from 'react';
import type { PushView } from '../../lib/live-state.ts';
import { useWanted } from '../../lib/live.ts';
import { isOnAir } from '../../lib/push-words.ts';
import { useMay } from '../../lib/session.ts';
import { useToggle } from '../../lib/toggle.ts';
import { timeSpan } from '../../lib/words.ts';
import { ConfirmDialog } from '../confirm-dialog.tsx';
import { Switch } from '../switch.tsx';

interface WantedSwitchProps {
  readonly destination: Destination;
  readonly push: PushView;
}

/**
 * What is wanted of a destination, for who may say so. It follows at once, and asks back where
 * viewers would notice.
 */
export function WantedSwitch({ destination, push }: WantedSwitchProps) {
  const { name } = destination;
  const { enabled, pending } = useWanted(destination);
  const toggle = useToggle();
  const may = useMay('live:control');
  const [asking, setAsking] = useState(false);
  if (!may) return null;
  const stop = `Stop ${name}`;
  return (
    <>
      <Switch
        label={`Send to ${name}`}
        on={enabled}
        pending={pending}
        onSwitch={(on) => {
          if (!on && isOnAir(push)) setAsking(true);
          else toggle(destination, on);
        }}
      />
      {asking && (
        <ConfirmDialog
          title={`${stop}?`}
          text={`It is live now: its viewers will see the broadcast end.${playedOutText(push)}`}
          verb={stop}
          keep="Keep it on"
          onConfirm={() => {
            setAsking(false);
            toggle(destination, false);
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

function playedOutText({ delayMs }: PushView): string {
  return delayMs > 0 ? ` What is held back, ${timeSpan(delayMs)}, is played out before.` : '';
}

import type { Destination } from '#contracts';
import { LeadAction } from '../../components/live/lead-action.tsx';
import { PushState } from '../../components/live/push-state.tsx';
import { WantedSwitch } from '../../components/live/wanted-switch.tsx';
import { PlatformMark } from '../../components/platform-mark.tsx';
import { usePush } from '../../lib/live.ts';
import { isOnAir } from '../../lib/push-words.ts';
import { kbitPerSecond } from '../../lib/words.ts';

/** One destination where there is little room: what is wanted, what is so, and what mends it. */
export function DockRow({ destination }: { readonly destination: Destination }) {
  const { id, streamId, name } = destination;
  const push = usePush(streamId, id);
  return (
    <li className="dock-row" data-state={push.state}>
      <PlatformMark destination={destination} />
      <h2>
        <bdi>{name}</bdi>
      </h2>
      <WantedSwitch destination={destination} push={push} />
      <div className="dock-so">
        <PushState destination={destination} push={push} />
        {isOnAir(push) && <p className="hint dock-rate">{kbitPerSecond(push.kbps)}</p>}
        <LeadAction destination={destination} push={push} />
      </div>
    </li>
  );
}

import type { Destination } from '#contracts';
import type { PushView } from '../../lib/live-state.ts';
import { useWanted } from '../../lib/live.ts';
import { askedLook, pushLine } from '../../lib/looks.ts';
import { isUnderWay } from '../../lib/push-words.ts';
import { useNow } from '../../lib/use-now.ts';
import { Icon } from '../icon.tsx';
import { Popover } from '../popover.tsx';
import { Evidence } from './evidence.tsx';
import './live.css';

interface PushStateProps {
  readonly destination: Destination;
  readonly push: PushView;
}

/** What is so, in word, icon and colour; behind the word, how that is known. */
export function PushState({ destination, push }: PushStateProps) {
  const now = useNow();
  const { enabled, pending } = useWanted(destination);
  const asked = { enabled, pending: pending || isUnderWay(destination, push, now) };
  const { word, icon, tone } = askedLook(push, asked, now);
  const url = push.target === 'backup' ? destination.backupUrl : destination.url;
  return (
    <div className={`push-state tone-${tone}`}>
      <Popover
        look="word"
        label={`${word}: how this is known of ${destination.name}`}
        title="How this is known"
        button={
          <span className="state-word">
            <Icon name={icon} />
            <span>{word}</span>
          </span>
        }
      >
        <Evidence push={push} isSecret={url?.startsWith('rtmps:') ?? false} />
      </Popover>
      <p className="hint">{asked.pending ? '' : pushLine(push, now)}</p>
    </div>
  );
}

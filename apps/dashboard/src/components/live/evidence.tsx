import type { PushView } from '../../lib/live-state.ts';
import { ladderOf } from '../../lib/push-words.ts';
import type { Rung } from '../../lib/push-words.ts';
import { Icon } from '../icon.tsx';
import { Ago } from '../time.tsx';

interface EvidenceProps {
  readonly push: PushView;
  /** Its server is spoken to in TLS. */
  readonly isSecret: boolean;
}

/** Why a push is said to be in its state: each step that was seen, and when. */
export function Evidence({ push, isSecret }: EvidenceProps) {
  const rungs = ladderOf(push, isSecret);
  // When it last went on is no step of the way.
  const highest = rungs.slice(0, -1).findLast(({ reached }) => reached);
  if (highest === undefined) return <p>There is no connection now.</p>;
  return (
    <ol className="evidence">
      {rungs.map((rung) => (
        <li key={rung.words} className={rung === highest ? 'evidence-highest' : undefined}>
          <Icon name={rung.reached ? 'check' : 'await'} />
          <span>{rung.words}</span>
          <Proof rung={rung} />
        </li>
      ))}
    </ol>
  );
}

function Proof({ rung: { at, said } }: { readonly rung: Rung }) {
  return <span className="hint">{at === null ? said : <Ago at={at} />}</span>;
}

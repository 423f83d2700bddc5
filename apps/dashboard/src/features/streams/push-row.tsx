import type { Destination, StreamStatus } from '#contracts';
import { useState } from 'react';
import { Icon } from '../../components/icon.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { pushOf } from '../../lib/live-state.ts';
import type { PushView } from '../../lib/live-state.ts';
import { useAction } from '../../lib/use-action.ts';
import { countdown, duration, hostOf, kbitPerSecond } from '../../lib/words.ts';
import { PushActions, PushQuestion } from './push-actions.tsx';
import type { Question } from './push-actions.tsx';
import { pushLooks } from './push-words.ts';

interface PushRowProps {
  readonly destination: Destination;
  readonly status: StreamStatus | undefined;
  readonly now: number;
  readonly refresh: () => Promise<void>;
}

/** One destination: what is so (the words) and what is wanted of it (the buttons). */
export function PushRow({ destination, status, now, refresh }: PushRowProps) {
  const { busy, problem, run } = useAction();
  const [question, setQuestion] = useState<Question>();
  const push = pushOf(destination, status);
  const onAir = push.state === 'live' || push.state === 'degraded';
  const act = (deed: (id: string) => Promise<unknown>): void =>
    run(async () => {
      setQuestion(undefined);
      await deed(destination.id);
      await refresh();
    });
  const shared = { destination, push, onAir, act };

  return (
    <li className="push" data-state={push.state}>
      <div className="push-name">
        <h3>{destination.name}</h3>
        <p className="hint push-server" title={destination.url}>
          <span>{hostOf(destination.url)}</span>
          {destination.keyHint !== '' && <span>key …{destination.keyHint}</span>}
        </p>
      </div>
      <PushStateWords push={push} now={now} />
      <p className="push-rate">{onAir && kbitPerSecond(push.kbps)}</p>
      <PushActions {...shared} busy={busy} ask={setQuestion} />
      {!onAir && <LastError push={push} />}
      <ProblemNote problem={problem} />
      <PushQuestion {...shared} question={question} onClose={() => setQuestion(undefined)} />
    </li>
  );
}

interface PushStateWordsProps {
  readonly push: PushView;
  readonly now: number;
}

function PushStateWords({ push, now }: PushStateWordsProps) {
  const look = pushLooks[push.state];
  return (
    <div className={`push-state tone-${look.tone}`}>
      <p className="state-word">
        <Icon name={look.icon} />
        <span>{look.word}</span>
      </p>
      <p className="hint">
        {push.nextRetryAt === null
          ? `for ${duration(now - Date.parse(push.since))}`
          : `next try ${countdown(Date.parse(push.nextRetryAt) - now)}`}
      </p>
    </div>
  );
}

function LastError({ push }: { readonly push: PushView }) {
  if (push.lastError === null) return null;
  const { message, code, at } = push.lastError;
  return (
    <details className="push-error">
      <summary>{message}</summary>
      <p className="hint">
        {code} · at {new Date(at).toLocaleTimeString()} · attempt {push.attempt}
      </p>
    </details>
  );
}

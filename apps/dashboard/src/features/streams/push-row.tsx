import type { Destination, StreamStatus } from '#contracts';
import { useState } from 'react';
import { Icon } from '../../components/icon.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { pushOf } from '../../lib/live-state.ts';
import type { PushView } from '../../lib/live-state.ts';
import { pushLook } from '../../lib/looks.ts';
import { useAction } from '../../lib/use-action.ts';
import { countdown, duration, hostOf, kbitPerSecond, timeSpan } from '../../lib/words.ts';
import { DestinationSettingsDialog } from './destination-settings-dialog.tsx';
import { saidBy } from './incident-words.ts';
import { PushActions, PushQuestion } from './push-actions.tsx';
import type { Question } from './push-actions.tsx';
import { testPlatformId } from './platforms.ts';
import { PushLooks } from './push-looks.tsx';
import { Warnings } from './warnings.tsx';

/** A push that is less behind keeps up: its distance is that of one keyframe or so. */
const lagShownMs = 1_000;

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
  const [changing, setChanging] = useState(false);
  const push = pushOf(destination, status);
  const onAir = push.state === 'live' || push.state === 'degraded';
  const act = (deed: (id: string) => Promise<unknown>): void =>
    run(async () => {
      setQuestion(undefined);
      await deed(destination.id);
      await refresh();
    });
  const url = urlOf(destination, push);
  const isTest = destination.platform === testPlatformId;
  const shared = { destination, push, onAir, act };

  return (
    <li className="push" data-state={push.state}>
      <div className="push-name">
        <h3>{destination.name}</h3>
        <p className="hint push-server" title={url}>
          <span>{isTest ? 'built in: it leads nowhere' : hostOf(url)}</span>
          {push.target === 'backup' && <span>backup server</span>}
          {push.target === 'main' && destination.keyHint !== '' && !isTest && (
            <span>key …{destination.keyHint}</span>
          )}
        </p>
      </div>
      <PushStateWords push={push} now={now} />
      <PushRate push={push} onAir={onAir || push.state === 'draining'} />
      <PushActions {...shared} busy={busy} ask={setQuestion} change={() => setChanging(true)} />
      {!onAir && <LastError push={push} />}
      <Warnings warnings={push.warnings} />
      <PushLooks destination={destination} push={push} onAir={onAir} />
      <ProblemNote problem={problem} />
      <PushQuestion {...shared} question={question} onClose={() => setQuestion(undefined)} />
      {changing && (
        <DestinationSettingsDialog
          destination={destination}
          onAir={onAir}
          delayFits={status?.delaySecondsMax ?? null}
          refresh={refresh}
          onClose={() => setChanging(false)}
        />
      )}
    </li>
  );
}

interface PushStateWordsProps {
  readonly push: PushView;
  readonly now: number;
}

function PushStateWords({ push, now }: PushStateWordsProps) {
  const look = pushLook(push, now);
  return (
    <div className={`push-state tone-${look.tone}`}>
      <p className="state-word">
        <Icon name={look.icon} />
        <span>{look.word}</span>
      </p>
      <p className="hint">{untilWhen(push, now)}</p>
    </div>
  );
}

function untilWhen(push: PushView, now: number): string {
  const left = (at: string): string => countdown(Date.parse(at) - now);
  if (push.drainingUntil !== null) return `ends ${left(push.drainingUntil)} at most`;
  if (push.startsAt !== null) return `starts ${left(push.startsAt)}`;
  if (push.nextRetryAt !== null) return `next try ${left(push.nextRetryAt)}`;
  return `for ${duration(now - Date.parse(push.since))}`;
}

interface PushRateProps {
  readonly push: PushView;
  readonly onAir: boolean;
}

/** How much leaves, and how far behind: as wanted (delay) and beyond that (lag). */
function PushRate({ push, onAir }: PushRateProps) {
  const { delayMs, delayWantedMs, lagMs } = push;
  if (!onAir) return <p className="push-rate" />;
  const notYet = delayMs < delayWantedMs ? `${timeSpan(delayMs)} of ` : '';
  return (
    <div className="push-rate">
      <p>{kbitPerSecond(push.kbps)}</p>
      {Math.max(delayMs, delayWantedMs) > 0 && (
        <p className="hint">
          delay {notYet}
          {timeSpan(Math.max(delayMs, delayWantedMs))}
        </p>
      )}
      {lagMs >= lagShownMs && <p className="hint">lag {timeSpan(lagMs)}</p>}
    </div>
  );
}

function urlOf({ url, backupUrl }: Destination, { target }: PushView): string {
  return target === 'backup' ? (backupUrl ?? url) : url;
}

function LastError({ push }: { readonly push: PushView }) {
  if (push.lastError === null) return null;
  const { message, code, at, remoteWords } = push.lastError;
  return (
    <details className="push-error">
      <summary>{message}</summary>
      {remoteWords && <p>{saidBy(remoteWords)}</p>}
      <p className="hint">
        {code} · at {new Date(at).toLocaleTimeString()} · attempt {push.attempt}
      </p>
    </details>
  );
}

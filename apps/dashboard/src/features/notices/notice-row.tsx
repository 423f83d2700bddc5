import { useEffect, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import type { Named } from '../../lib/client.ts';
import { outwardApi } from '../../lib/outward-api.ts';
import { useAction } from '../../lib/use-action.ts';
import { formatWords } from './notice-words.ts';

type Delivery = Named<'Delivery'>;

/** A test is usually told within this. */
const lookAgainMs = 2_000;
const looksMax = 5;

interface NoticeRowProps {
  readonly webhook: Named<'Webhook'>;
  readonly reload: () => Promise<void>;
}

/** One that is told: where, whether it hears, and what can be done with it. */
export function NoticeRow({ webhook, reload }: NoticeRowProps) {
  const { id, name, format, targetHint, enabled, disabledReason } = webhook;
  const [last, setLast] = useState<Delivery>();
  const [looks, setLooks] = useState(1);
  const action = useAction();

  useEffect(() => {
    let isHere = true;
    outwardApi.lastDelivery(id).then(
      (delivery) => isHere && setLast(delivery),
      () => undefined,
    );
    const again = looks === 1 || looks > looksMax;
    const timer = again ? undefined : setTimeout(() => setLooks(looks + 1), lookAgainMs);
    return () => {
      isHere = false;
      clearTimeout(timer);
    };
  }, [id, looks]);

  const test = (): void =>
    action.run(async () => {
      setLast(await outwardApi.testWebhook(id));
      setLooks(2);
    });
  const change = (deed: () => Promise<unknown>): void =>
    action.run(async () => {
      await deed();
      await reload();
    });
  const words = formatWords.find(([one]) => one === format)?.[1] ?? format;
  return (
    <li>
      <span>
        {name}: {words}, {targetHint}
        {enabled ? '' : ' (off)'}
        <span className="hint"> {disabledReason ?? wordsOf(last)}</span>
        <ProblemNote problem={action.problem} />
      </span>
      {enabled && (
        <Button busy={action.busy} onClick={test} aria-label={`Test ${name}`}>
          Test
        </Button>
      )}
      <Button
        busy={action.busy}
        onClick={() => change(() => outwardApi.switchWebhook(id, !enabled))}
        aria-label={`Turn ${enabled ? 'off' : 'on'} ${name}`}
      >
        {enabled ? 'Turn off' : 'Turn on'}
      </Button>
      <Button
        busy={action.busy}
        onClick={() => change(() => outwardApi.removeWebhook(id))}
        aria-label={`Remove ${name}`}
      >
        Remove
      </Button>
    </li>
  );
}

function wordsOf(last: Delivery | undefined): string {
  if (last === undefined) return 'Nothing was sent yet.';
  if (last.deliveredAt !== null) {
    return `Last heard ${new Date(last.deliveredAt).toLocaleString()}.`;
  }
  const fault = last.lastFault ?? '';
  if (last.state === 'dead') return `The last one was given up. ${fault}`;
  return last.tries === 0 ? 'Being sent…' : `It has not arrived yet. ${fault}`;
}

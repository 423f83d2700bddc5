import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { Button } from '../../components/button.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Ago } from '../../components/time.tsx';
import type { Named } from '../../lib/client.ts';
import { outwardApi } from '../../lib/outward-api.ts';
import { to } from '../../lib/routes.ts';
import { useAction } from '../../lib/use-action.ts';
import { formatWordsOf } from './webhook-words.ts';

type Delivery = Named<'Delivery'>;

/** A test is usually told within this. */
const lookAgainMs = 2_000;
const looksMax = 5;

interface WebhookRowProps {
  readonly webhook: Named<'Webhook'>;
  readonly reload: () => Promise<void>;
}

/** One that is told: where, whether it hears, and the way to all about it. */
export function WebhookRow({ webhook, reload }: WebhookRowProps) {
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
  const turn = (): void =>
    action.run(async () => {
      await outwardApi.switchWebhook(id, !enabled);
      await reload();
    });
  return (
    <li>
      <span>
        <Link href={to.webhook(id)}>{name}</Link>: {formatWordsOf(format)}, {targetHint}
        {enabled ? '' : ' (off)'}
        <span className="hint line">{disabledReason ?? <LastHeard last={last} />}</span>
        <ProblemNote problem={action.problem} />
      </span>
      {enabled && (
        <Button busy={action.busy} onClick={test} aria-label={`Test ${name}`}>
          Test
        </Button>
      )}
      <Button
        busy={action.busy}
        onClick={turn}
        aria-label={`Turn ${enabled ? 'off' : 'on'} ${name}`}
      >
        {enabled ? 'Turn off' : 'Turn on'}
      </Button>
    </li>
  );
}

function LastHeard({ last }: { readonly last: Delivery | undefined }) {
  if (last === undefined) return 'Nothing was sent yet.';
  if (last.deliveredAt !== null) {
    return (
      <>
        Last heard <Ago at={last.deliveredAt} />.
      </>
    );
  }
  const fault = last.lastFault ?? '';
  if (last.state === 'dead') return `The last one was given up. ${fault}`;
  return last.tries === 0 ? 'Being sent…' : `It has not arrived yet. ${fault}`;
}

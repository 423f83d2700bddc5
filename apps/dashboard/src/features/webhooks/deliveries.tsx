import { useCallback, useEffect, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Ago, Countdown } from '../../components/time.tsx';
import type { Named } from '../../lib/client.ts';
import { deliveriesAtOnce, outwardApi } from '../../lib/outward-api.ts';
import type { DeliveryState } from '../../lib/outward-api.ts';
import { toasts } from '../../lib/toasts.ts';
import { useAction } from '../../lib/use-action.ts';
import { usePages } from '../../lib/use-pages.ts';
import { ReplayDialog } from './replay-dialog.tsx';
import { eventWords, stateWords } from './webhook-words.ts';

type Delivery = Named<'Delivery'>;

const lookAgainMs = 3_000;
const states: readonly (readonly [DeliveryState | '', string])[] = [
  ['', 'All'],
  ['delivered', 'Arrived'],
  ['pending', 'Waiting'],
  ['dead', 'Given up'],
];

/** What it was told, what became of each, and sending it again. */
export function Deliveries({ webhook }: { readonly webhook: Named<'Webhook'> }) {
  const { id, enabled } = webhook;
  const [state, setState] = useState<DeliveryState>();
  const [asking, setAsking] = useState(false);
  const { busy, problem: refusal, run } = useAction();
  const load = useCallback(
    (cursor?: string) => outwardApi.deliveries(id, state, cursor),
    [id, state],
  );
  const { items, problem, older, reload } = usePages(load);
  useWhileWaiting(items, reload);

  const test = (): void =>
    run(async () => {
      await outwardApi.testWebhook(id);
      reload();
    });
  const replay = (delivery: Delivery): void =>
    run(async () => {
      await outwardApi.replay(id, delivery.id);
      toasts.say(`Number ${delivery.sequence} is sent again.`);
      reload();
    });
  return (
    <section className="card" aria-label="Deliveries">
      <div className="page-head">
        <h2>Deliveries</h2>
        {enabled && (
          <Button busy={busy} onClick={test}>
            Test
          </Button>
        )}
      </div>
      <Choice
        label="Show"
        value={state ?? ''}
        options={states}
        onChange={({ target }) => {
          const chosen = states.find(([one]) => one === target.value)?.[0];
          setState(chosen === '' ? undefined : chosen);
        }}
      />
      <ProblemNote problem={refusal ?? problem} />
      {items?.length === 0 && (
        <p className="hint">{state === undefined ? 'Nothing was sent yet.' : 'None of these.'}</p>
      )}
      <ul className="rows">
        {items?.map((delivery) => (
          <DeliveryRow key={delivery.id} {...{ delivery, busy, replay }} />
        ))}
      </ul>
      <div className="deeds">
        {older !== undefined && <Button onClick={older}>Older</Button>}
        <Button onClick={() => setAsking(true)}>Send again what was given up</Button>
      </div>
      {asking && (
        <ReplayDialog
          webhookId={id}
          onClose={() => setAsking(false)}
          onDone={(count) => {
            setAsking(false);
            toasts.say(count === 1 ? 'One is sent again.' : `${count} are sent again.`);
            reload();
          }}
        />
      )}
    </section>
  );
}

/** What waits may have arrived meanwhile. Who reads older pages is not thrown back to the first. */
function useWhileWaiting(items: readonly Delivery[] | undefined, reload: () => void): void {
  const waits =
    items !== undefined &&
    items.length <= deliveriesAtOnce &&
    items.some((delivery) => delivery.state === 'pending');
  useEffect(() => {
    if (!waits) return undefined;
    const timer = setInterval(reload, lookAgainMs);
    return () => clearInterval(timer);
  }, [waits, reload]);
}

interface DeliveryRowProps {
  readonly delivery: Delivery;
  readonly busy: boolean;
  readonly replay: (delivery: Delivery) => void;
}

function DeliveryRow({ delivery, busy, replay }: DeliveryRowProps) {
  const { sequence, type, state, tries, nextTryAt, deliveredAt } = delivery;
  const { lastStatus, lastFault } = delivery;
  const { words, tone } = stateWords[state];
  return (
    <li>
      <span>
        <span className={`pill tone-${tone}`}>{words}</span> {eventWords[type]}
        <span className="hint line">
          Number {sequence}, {tries === 1 ? 'one try' : `${tries} tries`}
          {deliveredAt !== null && (
            <>
              , <Ago at={deliveredAt} />
            </>
          )}
          {nextTryAt !== null && (
            <>
              , next try <Countdown at={nextTryAt} />
            </>
          )}
          {lastStatus !== null && `, answered ${lastStatus}`}
        </span>
        {lastFault !== null && <span className="hint line">{lastFault}</span>}
      </span>
      {state !== 'pending' && (
        <Button
          busy={busy}
          aria-label={`Send again number ${sequence}`}
          onClick={() => replay(delivery)}
        >
          Send again
        </Button>
      )}
    </li>
  );
}

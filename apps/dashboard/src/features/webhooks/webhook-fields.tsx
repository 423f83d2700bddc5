import type { EventType, WebhookFormat } from '#control';
import { Choice } from '../../components/choice.tsx';
import { Tick } from '../../components/tick.tsx';
import { useLive } from '../../lib/live.ts';
import { useStore } from '../../lib/store.ts';
import { askedKinds, eventWords } from './webhook-words.ts';

export const urlHints: Readonly<Partial<Record<WebhookFormat, string>>> = {
  discord: 'Discord: channel settings, Integrations, Webhooks, Copy URL.',
  slack: 'Slack: an app of yours, Incoming Webhooks.',
  standard: 'Signed as Standard Webhooks; the secret is shown once.',
};

interface KindTicksProps {
  readonly chosen: readonly EventType[];
  readonly fault: string | undefined;
}

/** What one is told of. What was chosen by the API is shown, too: or a change would lose it. */
export function KindTicks({ chosen, fault }: KindTicksProps) {
  return (
    <fieldset>
      <legend>When</legend>
      {fault !== undefined && <p className="fault">{fault}</p>}
      {kindsShown(chosen).map((kind) => (
        <Tick
          key={kind}
          label={eventWords[kind]}
          name={kind}
          defaultChecked={chosen.includes(kind)}
        />
      ))}
    </fieldset>
  );
}

/** What is ticked in a form that was shown with these chosen. */
export function kindsIn(form: FormData, chosen: readonly EventType[]): EventType[] {
  return kindsShown(chosen).filter((kind) => form.has(kind));
}

function kindsShown(chosen: readonly EventType[]): readonly EventType[] {
  return [...askedKinds, ...chosen.filter((kind) => !askedKinds.includes(kind))];
}

/** Of one stream, or of all. */
export function StreamChoice({ streamId }: { readonly streamId: string | null }) {
  const streams = useStore(useLive().store, (state) => state.streams) ?? [];
  const isKnown = streamId === null || streams.some(({ id }) => id === streamId);
  return (
    <Choice
      // The streams may come after the form: what is chosen must be among them then.
      key={streams.length}
      label="Of which stream"
      name="streamId"
      defaultValue={streamId ?? ''}
      options={[
        ['', 'All streams'],
        ...streams.map(({ id, name }) => [id, name] as const),
        ...(isKnown ? [] : [[streamId, 'A stream that is not here any more'] as const]),
      ]}
    />
  );
}

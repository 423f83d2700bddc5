import { useIsOnAir, useStatus } from '../../lib/live.ts';

/** Said before a destination is added: while something is on air, there is no later step. */
export function LiveAtOnce({ streamId }: { readonly streamId: string }) {
  const isOnAir = useIsOnAir(streamId);
  const isEncoderOn = (useStatus(streamId)?.ingest ?? null) !== null;
  if (!isOnAir) return null;
  return (
    <p className="note note-fair">
      {isEncoderOn ? 'Your encoder is on' : 'Your broadcast is on'}: a destination goes live as soon
      as you add it.
    </p>
  );
}

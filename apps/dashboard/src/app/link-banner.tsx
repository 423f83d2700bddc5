import { useLive } from '../lib/live.ts';
import { useStore } from '../lib/store.ts';
import { useNow } from '../lib/use-now.ts';
import { duration } from '../lib/words.ts';

/** Says, calmly, that the picture is old. The broadcast does not depend on this page. */
export function LinkBanner() {
  const link = useStore(useLive().store, (state) => state.link);
  return (
    <output className="link-banner">
      {link.kind === 'lost' && (
        <p className="note note-fair">
          Reconnecting… What you see is <Age since={link.since} /> old. Your broadcasts go on
          without this page.
        </p>
      )}
    </output>
  );
}

function Age({ since }: { readonly since: number }) {
  return duration(useNow() - since);
}

import { useLink } from '../lib/live.ts';
import { lostSince } from '../lib/live-state.ts';
import { useNow } from '../lib/use-now.ts';
import { duration } from '../lib/words.ts';

/** Says, calmly, that the picture is old. The broadcast does not depend on this page. */
export function LinkBanner() {
  const link = useLink();
  const now = useNow();
  const since = lostSince(link, now);
  return (
    <div className="link-banner" aria-live="polite">
      {since !== null && (
        <p className="note note-fair">
          Reconnecting… What you see is{' '}
          <span className="link-age" aria-hidden="true">
            {duration(now - since)}
          </span>{' '}
          old. Your broadcasts go on without this page.
        </p>
      )}
      {link.kind === 'asking' && (
        <p className="note note-fair">
          This page is open in too many windows; it updates every 5 s here.
        </p>
      )}
    </div>
  );
}

import { Link } from 'wouter';
import type { StreamWithDestinations } from '../../lib/live-state.ts';
import { to } from '../../lib/routes.ts';

/** Leads to the broadcasts of a stream, the one under way included. */
export function HistoryButton({ stream }: { readonly stream: StreamWithDestinations }) {
  return (
    <Link
      className="button button-plain"
      href={to.historyOf(stream.id)}
      aria-label={`History of ${stream.name}`}
    >
      History
    </Link>
  );
}

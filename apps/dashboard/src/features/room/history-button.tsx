import { Link } from 'wouter';
import { useWantedStream } from '../../lib/live.ts';
import { to } from '../../lib/routes.ts';
import { useMay } from '../../lib/session.ts';

interface HistoryButtonProps {
  readonly streamId: string;
}

/** Leads to the broadcasts of a stream, the one under way included. */
export function HistoryButton({ streamId }: HistoryButtonProps) {
  const name = useWantedStream(streamId)?.name;
  if (!useMay('history:read') || name === undefined) return null;
  return (
    <Link
      className="button button-plain"
      href={to.historyOf(streamId)}
      aria-label={`History of ${name}`}
    >
      History
    </Link>
  );
}

import { AddDestinationDialog } from '../features/room/destinations/add-destination-dialog.tsx';
import { IngestLine } from '../features/room/ingest-line.tsx';
import type { WelcomeParts } from '../features/welcome/parts.ts';
import { WelcomePage } from '../features/welcome/welcome-page.tsx';

const parts: WelcomeParts = { AddDestination: AddDestinationDialog, Ingest: IngestLine };

interface WelcomeRoomProps {
  readonly params: { readonly stream?: string | undefined };
}

/** The way to the first broadcast, with what the room of a stream lends to it. */
export function WelcomeRoom({ params }: WelcomeRoomProps) {
  return <WelcomePage streamId={params.stream} parts={parts} />;
}

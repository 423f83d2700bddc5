import { DockPage } from '../features/dock/dock-page.tsx';
import { EndBroadcast } from '../features/room/end-broadcast.tsx';

interface DockRoomProps {
  readonly params: { readonly stream: string };
}

/** One stream in a window of OBS, with what its room lends to it. */
export function DockRoom({ params }: DockRoomProps) {
  return <DockPage streamId={params.stream} EndBroadcast={EndBroadcast} />;
}

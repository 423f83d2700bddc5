import { RoomPage } from '../features/room/room-page.tsx';

interface StreamRoomProps {
  readonly params: { readonly stream: string };
}

/** The room of one stream. */
export function StreamRoom({ params }: StreamRoomProps) {
  return <RoomPage streamId={params.stream} />;
}

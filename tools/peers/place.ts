import type { JudgedMedia } from '../../test/faults/layer/frame-judge.ts';

export const SERVER_NAMES = ['Forkcast', 'nginx-rtmp', 'node-media-server'] as const;
export type ServerName = (typeof SERVER_NAMES)[number];

/** What one row asks of a server. */
export interface PlaceWish {
  /** Two names under which streams are published, and pushed on. */
  readonly names: readonly string[];
  /** The destination of each of them. */
  readonly healthyPort: number;
  /** A second destination, of the first of them. */
  readonly faultyPort: number | undefined;
}

/** A server as it stands for one row. */
export interface Place {
  readonly port: number;
  /** Of the process that carries media. */
  readonly pid: number;
  readonly isRunning: boolean;
  /** What it said of its end, where it says such things. */
  readonly lastWords?: () => string | undefined;
  /** What an encoder publishes under, for that name. */
  keyOf(name: string): string;
  /** Where the server pushes nothing: a player who hears that stream. Called when it is live. */
  readonly play?: (name: string, hear: (media: JudgedMedia) => void) => Promise<void>;
  /** When it takes more of the machine than a test may. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** A server that rows are put to. */
export interface PeerServer {
  readonly name: ServerName;
  readonly version: string;
  /** Whether it is a relay here; of others, rows of destinations are not asked. */
  readonly pushes: boolean;
  /** How many rows at a time: those of one process are told apart only one after the other. */
  readonly rowsAtOnce: number;
  place(wish: PlaceWish): Promise<Place>;
  close(): Promise<void>;
}

/** One load that every server is put under. */
export interface Scenario {
  readonly name: string;
  readonly streams: number;
  /** Of each stream. */
  readonly destinations: number;
  readonly kbps: number;
  readonly secure: boolean;
  /** So many of the destinations stop reading when the measurement begins. */
  readonly frozen: number;
  /** What the encoders write in. */
  readonly chunkBytes: number;
  /** In the order in which each round runs them. */
  readonly servers: readonly ServerName[];
  /** Part of `--quick`. */
  readonly quick: boolean;
}

export type ServerName = 'forkcast' | 'nginx-rtmp' | 'ffmpeg' | 'floor';

const EVERYDAY: Omit<Scenario, 'name'> = {
  streams: 1,
  destinations: 3,
  kbps: 6_000,
  secure: false,
  frozen: 0,
  chunkBytes: 4_096,
  servers: ['forkcast', 'nginx-rtmp'],
  quick: false,
};

const WITH_FLOOR: readonly ServerName[] = ['forkcast', 'nginx-rtmp', 'floor'];
const ALL: readonly ServerName[] = ['forkcast', 'nginx-rtmp', 'floor', 'ffmpeg'];

/** The names have no comma in them. */
export const SCENARIOS = [
  { ...EVERYDAY, name: '1×3 RTMP', quick: true },
  { ...EVERYDAY, name: '1×50 RTMP', destinations: 50, servers: ALL, quick: true },
  { ...EVERYDAY, name: '1×200 RTMP', destinations: 200, servers: WITH_FLOOR },
  { ...EVERYDAY, name: '1×500 RTMP', destinations: 500 },
  { ...EVERYDAY, name: '100×3 RTMP', streams: 100, kbps: 3_000 },
  { ...EVERYDAY, name: '1×50 RTMPS', destinations: 50, secure: true, servers: ALL, quick: true },
  { ...EVERYDAY, name: '1×50 RTMP with 10 frozen', destinations: 50, frozen: 10 },
  { ...EVERYDAY, name: '10 ingests in 4096-byte chunks', streams: 10, destinations: 0 },
  {
    ...EVERYDAY,
    name: '10 ingests in 128-byte chunks',
    streams: 10,
    destinations: 0,
    chunkBytes: 128,
  },
] as const satisfies readonly Scenario[];

export type ScenarioName = (typeof SCENARIOS)[number]['name'];

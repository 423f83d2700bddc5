/**
 * `splice`: the destinations of that stream hear a leap to a keyframe on the connection that they
 * have. `rejoin`: any destination may lose its connection and begins again with a keyframe.
 */
export type FaultCost = 'nothing' | 'splice' | 'rejoin';

/** What a fault befalls; two of one `house` are never at once, nor two of one target. */
export type FaultPlace = 'destination' | 'stream' | 'house' | 'door';

export interface FaultKind {
  readonly place: FaultPlace;
  /** How many there are in each deck of faults. */
  readonly weight: number;
  /** How long it lasts: at least, and at most. */
  readonly secondsMin: number;
  readonly secondsMax: number;
  readonly costs: FaultCost;
  /** So long after its end everything is, and is said to be, as it was before. */
  readonly settleSeconds: number;
  /** That is so of a push that was live for a minute: others go on climbing their ladder. */
  readonly climbs?: true;
  readonly expects: string;
  /** A process begins anew: not in the part of a run whose memory is judged. */
  readonly startsProcess?: true;
}

const CLIMBS = { climbs: true } as const;
const NETWORK = { place: 'destination', costs: 'nothing', weight: 2 } as const;
const OWNER = { place: 'destination', costs: 'nothing', weight: 1 } as const;
const STORE = { place: 'house', costs: 'nothing', weight: 1 } as const;

/** The longest step of the ladder that a destination in trouble climbs, and its attempt. */
export const LADDER_SECONDS = 50;

/** Everything that a soak does to the product. */
export const FAULT_KINDS = {
  'slow network': {
    ...NETWORK,
    ...{ secondsMin: 10, secondsMax: 30, settleSeconds: 5 },
    expects: '400 ms ± 100 both ways: the push stays up',
  },
  'narrow network': {
    ...NETWORK,
    ...CLIMBS,
    ...{ secondsMin: 10, secondsMax: 30, settleSeconds: 15 },
    expects: 'a third of the bitrate: drops to keyframes, back at the live edge after it',
  },
  'sliced network': {
    ...NETWORK,
    ...{ secondsMin: 5, secondsMax: 15, settleSeconds: 5 },
    expects: 'at most 16 bytes at a time: nobody notices',
  },
  'nothing is read': {
    ...NETWORK,
    ...CLIMBS,
    ...{ secondsMin: 5, secondsMax: 25, settleSeconds: 15 },
    expects: 'waits, or connects again after 8 s without progress',
  },
  reset: {
    ...NETWORK,
    ...CLIMBS,
    ...{ weight: 4, secondsMin: 0, secondsMax: 0, settleSeconds: 4 },
    expects: 'live again within 4 s',
  },
  'reset inside a message': {
    ...NETWORK,
    ...CLIMBS,
    ...{ weight: 3, secondsMin: 0, secondsMax: 0, settleSeconds: 6 },
    expects: 'live again within 4 s of the bytes before it',
  },
  'remote close': {
    ...NETWORK,
    ...CLIMBS,
    ...{ secondsMin: 0, secondsMax: 0, settleSeconds: 4 },
    expects: 'live again within 4 s',
  },
  'black hole': {
    ...NETWORK,
    ...{ secondsMin: 10, secondsMax: 25, settleSeconds: LADDER_SECONDS },
    expects: 'live again on a new connection',
  },
  'refused connections': {
    ...NETWORK,
    ...{ secondsMin: 5, secondsMax: 25, settleSeconds: LADDER_SECONDS },
    expects: 'asks again on its ladder, and is live after it',
  },
  'corrupted bytes': {
    ...NETWORK,
    ...{ secondsMin: 3, secondsMax: 8, settleSeconds: LADDER_SECONDS },
    expects: 'whatever the peer makes of it, live after it',
  },
  'silent server': {
    ...NETWORK,
    ...{ secondsMin: 8, secondsMax: 20, settleSeconds: LADDER_SECONDS },
    expects: 'given up at the deadline of each step, live after it',
  },
  'refused key': {
    ...NETWORK,
    ...{ secondsMin: 8, secondsMax: 20, settleSeconds: 6 },
    expects: 'a person is asked; live within 6 s of “try again”',
  },
  'flapping server': {
    ...NETWORK,
    ...{ secondsMin: 15, secondsMax: 35, settleSeconds: LADDER_SECONDS },
    expects: 'asks less and less often, live after it',
  },
  'encoder killed': {
    ...{ place: 'stream', costs: 'splice', weight: 2 },
    ...{ secondsMin: 2, secondsMax: 12, settleSeconds: 8 },
    expects: 'destinations stay connected, and go on at a keyframe',
  },
  'encoder frozen': {
    ...{ place: 'stream', costs: 'splice', weight: 2 },
    ...{ secondsMin: 4, secondsMax: 8, settleSeconds: 12 },
    expects: 'destinations stay connected, and go on at a keyframe',
  },
  'timestamps jump': {
    ...{ place: 'stream', costs: 'nothing', weight: 2 },
    ...{ secondsMin: 0, secondsMax: 0, settleSeconds: 5 },
    expects: 'no frame is lost and no timestamp falls',
  },
  'lane throws': {
    ...{ place: 'house', costs: 'rejoin', weight: 1 },
    ...{ secondsMin: 0, secondsMax: 0, settleSeconds: 12 },
    expects: 'what the lane carried comes back',
  },
  'lane loops': {
    ...{ place: 'house', costs: 'rejoin', weight: 1 },
    ...{ secondsMin: 0, secondsMax: 0, settleSeconds: 15 },
    expects: 'ended after 2 s; what the lane carried comes back',
  },
  'Redis frozen': {
    ...STORE,
    ...{ secondsMin: 5, secondsMax: 20, settleSeconds: 10 },
    expects: 'no byte is lost; ready again by itself',
  },
  'Postgres frozen': {
    ...STORE,
    ...{ secondsMin: 5, secondsMax: 20, settleSeconds: 10 },
    expects: 'no byte is lost; ready again by itself',
  },
  'both stores frozen': {
    ...STORE,
    ...{ secondsMin: 5, secondsMax: 20, settleSeconds: 10 },
    expects: 'no byte is lost; ready again by itself',
  },
  'Redis killed': {
    ...STORE,
    ...{ secondsMin: 0, secondsMax: 0, settleSeconds: 20 },
    expects: 'no byte is lost; ready again by itself',
  },
  'Postgres killed': {
    ...STORE,
    ...{ secondsMin: 0, secondsMax: 0, settleSeconds: 30 },
    expects: 'no byte is lost; ready again by itself',
  },
  'Redis emptied': {
    ...STORE,
    ...{ secondsMin: 0, secondsMax: 0, settleSeconds: 10 },
    expects: 'no byte is lost; all is told again',
  },
  'API killed': {
    ...STORE,
    ...{ secondsMin: 0, secondsMax: 0, settleSeconds: 30 },
    expects: 'no byte is lost; answers again',
    startsProcess: true,
  },
  'worker killed': {
    ...STORE,
    ...{ secondsMin: 0, secondsMax: 0, settleSeconds: 30 },
    expects: 'no byte is lost',
    startsProcess: true,
  },
  'relay killed': {
    ...{ place: 'house', costs: 'rejoin', weight: 1 },
    ...{ secondsMin: 0, secondsMax: 0, settleSeconds: 30 },
    expects: 'every push is live again, each over one connection',
    startsProcess: true,
  },
  'stopped and started': {
    ...OWNER,
    ...{ secondsMin: 3, secondsMax: 10, settleSeconds: 6 },
    expects: 'a goodbye, nothing while it is off, live after it',
  },
  'new key': {
    ...OWNER,
    ...{ secondsMin: 0, secondsMax: 0, settleSeconds: 6 },
    expects: 'live again with the new key',
  },
  'one more destination': {
    ...{ place: 'stream', costs: 'nothing', weight: 2 },
    ...{ secondsMin: 5, secondsMax: 15, settleSeconds: 5 },
    expects: 'live beside the others, then gone',
  },
  'garbage at the door': {
    ...{ place: 'door', costs: 'nothing', weight: 2 },
    ...{ secondsMin: 2, secondsMax: 5, settleSeconds: 5 },
    expects: 'nobody who is live notices',
  },
  'slow strangers': {
    ...{ place: 'door', costs: 'nothing', weight: 2 },
    ...{ secondsMin: 8, secondsMax: 15, settleSeconds: 5 },
    expects: 'cut at their deadline; nobody who is live notices',
  },
  'guessed keys': {
    ...{ place: 'door', costs: 'nothing', weight: 1 },
    ...{ secondsMin: 2, secondsMax: 5, settleSeconds: 5 },
    expects: 'refused; nobody who is live notices',
  },
} as const satisfies Readonly<Record<string, FaultKind>>;

export type FaultName = keyof typeof FAULT_KINDS;

export const FAULT_NAMES = Object.keys(FAULT_KINDS) as readonly FaultName[];

export function faultKind(name: FaultName): FaultKind {
  return FAULT_KINDS[name];
}

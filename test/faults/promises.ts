import { STANDARD_FIGURES } from './matrix/row.ts';
import type { NamedTest } from './matrix/row.ts';

/** Where a promise's measured value is taken from. */
export type Measure =
  /** Of the rows that asked for a whole stream at the healthy destination, or of those named. */
  | {
      readonly from: 'rows';
      readonly figure: string;
      readonly rows?: readonly number[];
      readonly take: 'most' | 'sum';
      readonly says: string;
    }
  /** Of the newest run in docs/soak. */
  | {
      readonly from: 'soak';
      readonly figure: 'rssBytesPerHour' | 'fdsPerHour' | 'longestWrongMs';
      readonly says: string;
    }
  /** How many rows passed: of all, or of those named. */
  | { readonly from: 'count'; readonly rows?: readonly number[]; readonly says: string };

export interface Promised {
  readonly id: string;
  readonly promise: string;
  readonly figure: string;
  readonly measured: readonly Measure[];
  readonly tests: readonly NamedTest[];
}

/** Rows in which a destination, or the way to it, is what fails. */
const DESTINATION_ROWS = Array.from({ length: 23 }, (_, index) => index + 1);

const row = 'test/faults/layer/frame-judge.spec.ts';
const witness = 'test/faults/layer/witness.spec.ts';
const sim: NamedTest = { file: 'test/sim/simulation.spec.ts', name: 'keep their promises' };
const lanes = 'libs/lanes/src/lane-thread.spec.ts';
const wishes = 'apps/relay/src/relay-wishes.spec.ts';
const relayFaults = 'apps/relay/src/relay-faults.spec.ts';
const continuity = 'test/e2e/continuity.spec.ts';

export const PROMISES: readonly Promised[] = [
  {
    id: 'P1',
    promise: 'A fault of one destination costs no other a frame.',
    figure: '0 frames, less than 50 ms later in 99 of 100',
    measured: [
      {
        from: 'rows',
        figure: STANDARD_FIGURES.frames,
        rows: DESTINATION_ROWS,
        take: 'sum',
        says: '0 of {} frames were lost beside the faults',
      },
      {
        from: 'rows',
        figure: STANDARD_FIGURES.age,
        rows: DESTINATION_ROWS,
        take: 'most',
        says: '99 of 100 were younger than {} at the worst row, delays of the test included',
      },
    ],
    tests: [
      { file: row, name: 'sees one frame that is missing' },
      { file: lanes, name: 'let a destination that stops reading hurt nobody but itself' },
    ],
  },
  {
    id: 'P2',
    promise: 'An encoder never waits for a destination.',
    figure: 'never more than 64 KiB unsent, and its connection stays',
    measured: [
      {
        from: 'rows',
        figure: STANDARD_FIGURES.unsent,
        take: 'most',
        says: '{} were unsent at the encoder, at most',
      },
    ],
    tests: [
      { file: witness, name: 'see that the encoder was held up' },
      { file: lanes, name: 'let a destination that stops reading hurt nobody but itself' },
    ],
  },
  {
    id: 'P3',
    promise: 'While Redis, Postgres, the API or the page are away, live media flows on.',
    figure: 'not one byte, however long',
    measured: [
      {
        from: 'rows',
        figure: STANDARD_FIGURES.pause,
        rows: [50, 51, 52, 53, 54],
        take: 'most',
        says: '{} was the longest time between two frames meanwhile; none was lost',
      },
    ],
    tests: [
      { file: relayFaults, name: 'that is %s holds up no push' },
      { file: relayFaults, name: 'lets the encoder in, and its destinations are live' },
    ],
  },
  {
    id: 'P4',
    promise: 'After a destination broke the connection, we are live there again at once.',
    figure: 'within 2 s; headers, then a keyframe, then rising timestamps',
    measured: [
      {
        from: 'rows',
        figure: 'live again after',
        rows: [1, 2],
        take: 'most',
        says: '{} from the break to the first frame',
      },
      {
        from: 'rows',
        figure: 'live again after, 99 of 100',
        rows: [1],
        take: 'most',
        says: '{} in 99 of 100 of many resets in turn',
      },
    ],
    tests: [
      {
        file: 'libs/relay-core/src/push-machine.spec.ts',
        name: 'is answered within half a second, then by the ladder',
      },
    ],
  },
  {
    id: 'P5',
    promise: 'A destination has one session of ours at most.',
    figure: 'at any time',
    measured: [{ from: 'count', says: 'no second session in {} rows' }],
    tests: [sim, { file: witness, name: 'see two sessions at a time, also where one may rejoin' }],
  },
  {
    id: 'P6',
    promise: 'Memory is bounded.',
    figure: 'less than 1 MB more an hour',
    measured: [
      { from: 'soak', figure: 'rssBytesPerHour', says: '{} an hour over the second half' },
      { from: 'soak', figure: 'fdsPerHour', says: '{} file descriptors an hour' },
    ],
    tests: [
      {
        file: 'apps/relay/src/memory-budget.spec.ts',
        name: 'promises what is left to all rings together, and never more',
      },
      {
        file: 'libs/rtmp/src/chunk/chunk-limits.spec.ts',
        name: 'holds at most 12 MiB of unfinished messages',
      },
    ],
  },
  {
    id: 'P7',
    promise: 'An orderly end is over by its deadline, also with both stores dead.',
    figure: '15 s',
    measured: [
      { from: 'rows', figure: 'ended after', rows: [48], take: 'most', says: '{} at the longest' },
    ],
    tests: [
      { file: wishes, name: 'comes with the end of the process' },
      { file: wishes, name: 'needs neither store' },
    ],
  },
  {
    id: 'P8',
    promise: 'A stream key is in no log, answer, error, metric or table in the clear.',
    figure: 'nowhere',
    measured: [{ from: 'count', says: 'looked for after {} rows, and seen nowhere' }],
    tests: [
      { file: relayFaults, name: 'is in no status, log line, record or event' },
      { file: 'test/integration/canary-search.spec.ts', name: 'looks into every table' },
    ],
  },
  {
    id: 'P9',
    promise: 'An encoder that is back within its grace period finds its destinations connected.',
    figure: '60 s, or what the stream says, up to 30 minutes',
    measured: [{ from: 'count', rows: [24, 25, 27, 28], says: 'held in {} rows' }],
    tests: [
      { file: continuity, name: 'outlives its encoder, which was killed and is back after 5 s' },
      {
        file: 'apps/relay/src/relay-encoders.spec.ts',
        name: 'leaves destinations connected, and finds them when it returns',
      },
    ],
  },
  {
    id: 'P10',
    promise: 'What is shown of a destination is never wrong for long.',
    figure: '2 s',
    measured: [
      {
        from: 'rows',
        figure: 'said to be away after',
        take: 'most',
        says: '{} until a break was said',
      },
      { from: 'soak', figure: 'longestWrongMs', says: '{} at the longest under load with faults' },
    ],
    tests: [
      {
        file: 'apps/relay/src/relay-keyframe.spec.ts',
        name: 'is said to wait for one, at once, and until it is sent something',
      },
    ],
  },
];

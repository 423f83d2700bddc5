import type { Row } from './row.ts';

const deaths = 'libs/lanes/src/lane-pool-deaths.spec.ts';
const pool = 'libs/lanes/src/lane-pool.spec.ts';
const guard = 'apps/relay/src/push-guard.spec.ts';
const relayFaults = 'apps/relay/src/relay-faults.spec.ts';
const sim = 'test/sim/simulation.spec.ts';
const startFaults = 'test/e2e/start-faults.spec.ts';
const threads = ['test/faults/processes.spec.ts'];
const ends = ['test/faults/processes-ends.spec.ts'];
const orders = ['test/faults/processes-orders.spec.ts'];
const laneGone =
  'what that lane carried begins anew; a stream that is whole in the other lane loses nothing';

/** What becomes of our own threads and processes. */
export const PROCESS_ROWS: readonly Row[] = [
  {
    number: 42,
    fault: 'a lane throws',
    promise: 'up again at once; its streams and pushes begin anew, no others',
    specs: threads,
    also: [
      { file: deaths, name: 'takes its own sockets only, is up again at once' },
      { file: pool, name: 'young, again and again, is waited for longer each time' },
      { file: deaths, name: 'names that encoder, and none that it carries beside' },
      {
        file: 'apps/relay/src/relay-quarantine.spec.ts',
        name: 'is refused at the third time within a minute',
      },
    ],
    witness: 'rejoins',
    why: laneGone,
  },
  {
    number: 43,
    fault: 'a lane turns in a loop without end',
    promise: 'found after 2 s, ended and replaced',
    specs: threads,
    also: [{ file: pool, name: 'by turning for ever in one place is found by its pulse' }],
    witness: 'rejoins',
    why: laneGone,
  },
  {
    number: 44,
    fault: 'a lane runs out of memory',
    promise: 'ended and replaced before the process is in danger',
    specs: threads,
    also: [
      { file: deaths, name: 'takes its own sockets only, is up again at once' },
      { file: 'libs/lanes/src/lane-memory.spec.ts', name: 'one byte more ends it' },
    ],
    witness: 'rejoins',
    why: laneGone,
  },
  {
    number: 45,
    fault: 'a reader of the ring is overtaken',
    promise: 'goes on at the newest keyframe, counted; no torn bytes',
    tests: [
      {
        file: 'libs/lanes/src/lane-thread.spec.ts',
        name: 'let a destination that stops reading hurt nobody but itself',
      },
    ],
    also: [
      { file: 'libs/ring/src/ring.conformance.ts', name: 'is overtaken when the index laps' },
      { file: 'libs/ring/src/ring.conformance.ts', name: 'never delivers torn bytes' },
    ],
  },
  {
    number: 46,
    fault: 'the main thread stands still for 5 s',
    promise: 'media flows on; ownership is asked for again before anything is dialled',
    specs: threads,
    also: [
      { file: pool, name: 'misses as many looks as have found its count where it was' },
      { file: guard, name: 'asks again when the answer came after the lease had ended' },
    ],
  },
  {
    number: 47,
    fault: 'the relay is killed',
    promise: 'started again; destinations are live within seconds of the first keyframe',
    specs: ends,
    cases: ['with its stores', 'though its stores hang'],
    also: [{ file: relayFaults, name: 'lets the encoder in, and its destinations are live' }],
    witness: 'rejoins',
    why: 'the process that carries it is what dies',
  },
  {
    number: 48,
    fault: 'an orderly end while live',
    promise: 'nobody new is let in, destinations hear a goodbye, over by its deadline',
    specs: [...ends, 'test/faults/stores-postgres.spec.ts'],
    cases: ['with its stores', 'though its stores hang', 'both stores are dead'],
    also: [
      { file: 'apps/relay/src/relay-wishes.spec.ts', name: 'comes with the end of the process' },
      { file: 'apps/relay/src/relay-wishes.spec.ts', name: 'needs neither store' },
    ],
    later: 'encoders that can will be asked to connect again',
    witness: 'rejoins',
    why: 'the process that carries it is what ends',
  },
  {
    number: 49,
    fault: 'the process stands still for 20 s',
    promise: 'what waited in the kernel is sent on first, in order and at once; nobody is cut off',
    specs: threads,
    also: [
      {
        file: 'libs/lanes/src/ingest.spec.ts',
        name: 'ends no encoder whose bytes wait to be read',
      },
      {
        file: 'libs/lanes/src/feed.spec.ts',
        name: 'is not given up for the time in which this thread itself stood still',
      },
    ],
  },
  {
    number: 58,
    fault: 'two relays claim one stream',
    promise:
      'one that was paused sends nothing before it knows whose the stream is, and steps back',
    specs: ['test/faults/processes-nodes.spec.ts'],
    also: [
      { file: relayFaults, name: 'makes this one step back by reset' },
      { file: relayFaults, name: 'is found out by whoever stood still' },
      {
        file: 'libs/lanes/src/standstill.spec.ts',
        name: 'writes nothing until it is told to go on',
      },
      { file: 'libs/relay-core/src/lease.spec.ts', name: 'never both hold the stream' },
      { file: sim, name: 'keep their promises' },
    ],
    witness: 'rejoins',
    why: 'the relay that carries it is what steps back',
  },
  {
    number: 59,
    fault: 'a command comes twice',
    promise: 'one attempt and one socket',
    specs: orders,
    also: [
      {
        file: 'apps/relay/src/push-runner.spec.ts',
        name: 'and on again while the store is asked: one attempt, not two',
      },
      { file: 'test/integration/queue.spec.ts', name: 'a handler that fails is called again' },
    ],
  },
  {
    number: 66,
    fault: 'a new version, while the old one still runs',
    promise: 'what is stored is added to and never taken away; both versions can work with it',
    tests: [
      {
        file: 'test/integration/migration-with-data.spec.ts',
        name: 'loses no row, and all belong to the default workspace',
      },
      {
        file: 'tools/additive-migrations.spec.ts',
        name: 'only adds, but for what is listed with its reason',
      },
    ],
    witness: 'rejoins',
    why: 'nothing is live',
  },
  {
    number: 67,
    fault: 'it cannot start as it is set up',
    promise: 'ends with one clear line for each fault, and has started nothing',
    tests: [
      { file: startFaults, name: 'names every wrong variable, a line each' },
      { file: startFaults, name: 'names the port that is taken' },
      { file: startFaults, name: 'leaves a data directory alone in which another runs' },
    ],
    witness: 'rejoins',
    why: 'nothing is live',
  },
  {
    number: 68,
    fault: 'faults of all kinds for a day, by chance',
    promise: 'memory, descriptors and lag stay flat; nothing healthy loses a frame',
    runs: 'docs/soak',
    also: [{ file: sim, name: 'keep their promises' }],
  },
  {
    number: 70,
    fault: 'a destination is changed, switched off or deleted while it connects',
    promise: 'one end state, and no socket that nobody owns',
    specs: orders,
    cases: [
      'its address is changed',
      'it is switched off',
      'it is switched off and on',
      'it is deleted',
    ],
    also: [
      { file: sim, name: 'keep their promises' },
      {
        file: 'apps/relay/src/push-runner.spec.ts',
        name: 'while the store is asked: the late answer changes nothing',
      },
      { file: 'libs/relay-core/src/push-machine.spec.ts', name: 'comes before the new attempt' },
    ],
  },
];

import type { Row } from './row.ts';

const redis = 'test/faults/stores-redis.spec.ts';
const postgres = 'test/faults/stores-postgres.spec.ts';
const live = 'test/integration/live-faults.spec.ts';
const persistence = 'test/integration/persistence-faults.spec.ts';
const relayFaults = 'apps/relay/src/relay-faults.spec.ts';
const encoders = 'apps/relay/src/relay-encoders.spec.ts';
const delivery = 'test/integration/delivery-line.spec.ts';
const postJson = 'libs/https-call/src/post-json.spec.ts';

/** What becomes of Redis and Postgres, and of those who are told. */
export const STORE_ROWS: readonly Row[] = [
  {
    number: 50,
    fault: 'Redis is killed, frozen or slow',
    promise: 'not one byte is missed; alive but not ready; all goes on by itself when it is back',
    specs: [redis],
    cases: [
      'killed, and not started again',
      'frozen',
      'holding back writes (CLIENT PAUSE)',
      'busy with a script',
    ],
    also: [
      { file: live, name: 'with Redis stopped every call fails, and works again when it is back' },
      { file: live, name: 'with Redis frozen a call fails instead of hanging' },
      { file: relayFaults, name: 'that is %s holds up no push' },
    ],
  },
  {
    number: 51,
    fault: 'Redis takes no writes',
    promise: 'what needs it fails with a clear word; nothing live is said to be offline',
    specs: [redis],
    cases: ['full', 'read-only'],
    also: [
      { file: live, name: 'refuses writes by name, still reads, and says of nobody to be absent' },
    ],
  },
  {
    number: 52,
    fault: 'Redis loses all it had',
    promise: 'what is wanted is read from Postgres again; no destination is stuck',
    specs: [redis],
    cases: ['emptied (FLUSHALL)', 'killed, its files lost'],
    also: [{ file: relayFaults, name: 'that was emptied is right again within two seconds' }],
  },
  {
    number: 53,
    fault: 'Postgres ends every connection',
    promise: 'the next question is answered',
    specs: [postgres],
    also: [{ file: persistence, name: 'is asked again over a new connection' }],
  },
  {
    number: 54,
    fault: 'Postgres is frozen',
    promise: 'questions fail within 2 s; known encoders are let in for ten minutes, no others',
    specs: [postgres],
    also: [
      { file: persistence, name: 'fails a query' },
      { file: encoders, name: 'is let in while Postgres is away, ten minutes from when' },
      { file: encoders, name: 'is denied while Postgres is away when nothing is known of its key' },
    ],
  },
  {
    number: 55,
    fault: 'Postgres is killed, or not there at the start',
    promise: 'recovers by itself; a start waits, and says why',
    specs: [postgres],
    cases: ['killed (kill -9), and started later', 'away while API and worker start'],
    also: [
      {
        file: 'test/integration/embedded-services.spec.ts',
        name: 'starts although its lock file names a living process',
      },
      { file: persistence, name: 'fails queries and transactions with a code' },
    ],
  },
  {
    number: 57,
    fault: 'each answer of Postgres takes 3 s',
    promise: 'an encoder that is known is let in within 5 s all the same',
    specs: [postgres],
    also: [{ file: relayFaults, name: 'asks Postgres in vain once: the second encoder waits' }],
  },
  {
    number: 65,
    fault: 'who is to be told is down, slow, sends us elsewhere or answers without end',
    promise: '5 s, 64 KiB, no redirect; tried for 24 h and kept after; never holds up the relay',
    specs: ['test/faults/receivers.spec.ts'],
    cases: ['is not there', 'answers nothing', 'sends us elsewhere', 'answers without end'],
    also: [
      { file: delivery, name: 'that meets a fault of the server holds those behind it' },
      { file: delivery, name: 'does not follow a redirect' },
      { file: delivery, name: 'is given up after 24 hours, and can be sent again' },
      { file: postJson, name: 'reads no more of an answer than it was told' },
      { file: postJson, name: 'gives up on a server that accepts and says nothing' },
    ],
  },
];

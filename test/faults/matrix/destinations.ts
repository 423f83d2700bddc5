import type { Row } from './row.ts';

const connection = 'libs/outbound/src/outbound-connection.spec.ts';
const end = 'libs/outbound/src/outbound-end.spec.ts';
const feed = 'libs/lanes/src/feed.spec.ts';
const silence = 'libs/lanes/src/feed-silence.spec.ts';
const machine = 'libs/relay-core/src/push-machine.spec.ts';
const backOff = 'libs/relay-core/src/back-off.spec.ts';
const resolver = 'libs/net/src/host-resolver.spec.ts';
const threads = 'libs/lanes/src/lane-thread.spec.ts';

/** What a destination, or the way to it, does. */
export const DESTINATION_ROWS: readonly Row[] = [
  {
    number: 1,
    fault: 'the destination resets in the middle of a chunk',
    promise: 'dialled again within half a second; headers and a keyframe come first',
    specs: ['test/faults/destinations.spec.ts', 'test/faults/host-network.spec.ts'],
    also: [
      { file: end, name: 'is told as a reset by the peer' },
      { file: machine, name: 'is answered within half a second, then by the ladder' },
    ],
  },
  {
    number: 2,
    fault: 'the destination closes in order',
    promise: 'as after a reset, and the reason says that it was the destination who closed',
    specs: ['test/faults/destinations.spec.ts'],
    also: [{ file: end, name: 'is told as a close by the peer, and answered with a reset' }],
  },
  {
    number: 3,
    fault: 'nothing comes through any more, and nobody says so',
    promise: 'given up after 8 s without progress, and dialled anew',
    specs: ['test/faults/destinations.spec.ts', 'test/faults/host-network.spec.ts'],
    cases: ['what it takes leads nowhere', 'packets are dropped'],
    also: [
      { file: feed, name: 'is given up one millisecond past the limit, not at it' },
      { file: silence, name: 'is given up when it acknowledges no more, though the socket' },
      { file: silence, name: 'is given up when its kernel confirms nothing, though the socket' },
    ],
  },
  {
    number: 5,
    fault: 'the destination reads a third of what is sent',
    promise: 'degraded; it skips to keyframes, on the connection that it has',
    specs: ['test/faults/destinations.spec.ts'],
    also: [
      { file: feed, name: 'skips to the newest keyframe one millisecond past it' },
      { file: feed, name: 'is degraded past the limit, and live again after keeping up' },
    ],
  },
  {
    number: 6,
    fault: 'the destination stops reading',
    promise: 'given up after 8 s without progress, or when it is overtaken, and dialled anew',
    specs: ['test/faults/destinations.spec.ts'],
    also: [
      { file: threads, name: 'let a destination that stops reading hurt nobody but itself' },
      { file: feed, name: 'is cut before what it was lent can be overwritten' },
    ],
  },
  {
    number: 7,
    fault: 'the way becomes narrow, and wide again',
    promise: 'degraded meanwhile; then at the live edge again, sound within 40 ms of its picture',
    specs: ['test/faults/destinations.spec.ts', 'test/faults/host-network.spec.ts'],
    cases: ['over loopback', 'over a network'],
    also: [{ file: feed, name: 'is degraded past the limit, and live again after keeping up' }],
  },
  {
    number: 9,
    fault: 'each packet takes 400 ms, more or less',
    promise: 'stays connected, and is late by little more than that',
    specs: ['test/faults/destinations.spec.ts'],
  },
  {
    number: 10,
    fault: 'everything comes in pieces of one byte, both ways',
    promise: 'nobody notices',
    specs: ['test/faults/destinations.spec.ts'],
    also: [
      {
        file: 'libs/rtmp/src/session/client-session.spec.ts',
        name: 'wherever its answers are cut',
      },
      { file: 'libs/rtmp/src/session/server-session.spec.ts', name: 'one byte at a time' },
    ],
  },
  {
    number: 11,
    fault: 'the name server fails',
    promise: 'said to be a fault of names, tried again ever later; others are not held up',
    specs: ['test/faults/destinations-refusals.spec.ts'],
    needs: ['mount namespaces'],
    also: [
      { file: resolver, name: 'gives up at its deadline when nobody answers' },
      { file: resolver, name: 'does not ask the system where the name server is at fault' },
      { file: connection, name: 'is a name server that stays silent until the deadline of TCP' },
    ],
  },
  {
    number: 12,
    fault: 'the name leads to another address than before',
    promise: 'each attempt asks anew',
    specs: ['test/faults/destinations-refusals.spec.ts'],
    needs: ['mount namespaces'],
    also: [{ file: 'libs/net/src/guarded-lookup.spec.ts', name: 'judges each attempt anew' }],
  },
  {
    number: 13,
    fault: 'the first address of the name is dead',
    promise: 'the next one is tried after 1 s',
    specs: ['test/faults/destinations-refusals.spec.ts'],
    needs: ['mount namespaces'],
  },
  {
    number: 14,
    fault: 'the address answers no connection at all',
    promise: 'given up after 10 s, in which the name is asked for as well; then tried again',
    specs: ['test/faults/destinations-refusals.spec.ts'],
    also: [{ file: connection, name: 'until the deadline of TCP, and no later' }],
  },
  {
    number: 15,
    fault: 'nobody listens at the port',
    promise: 'said to be refused; tried again after 1 s, and at last each 30 s',
    specs: ['test/faults/destinations-refusals.spec.ts'],
    also: [
      { file: connection, name: 'is a refusal where nobody listens' },
      { file: backOff, name: 'is jittered by a fifth both ways' },
    ],
  },
  {
    number: 16,
    fault: 'the certificate cannot be trusted',
    promise: 'refused, with its reason; never without TLS; tried again each 60 s',
    specs: ['test/faults/destinations-refusals.spec.ts'],
    also: [
      { file: end, name: 'refuses a certificate for another host' },
      { file: end, name: 'is not spoken by a plain server: refused, and never tried without' },
      { file: machine, name: 'by a certificate needs attention at once' },
    ],
  },
  {
    number: 17,
    fault: 'TLS begins and does not come to an end',
    promise: 'given up after 5 s, or at once where the destination closes; tried again',
    specs: ['test/faults/destinations-refusals.spec.ts'],
    cases: ['it hangs', 'it is closed'],
    also: [
      { file: end, name: 'that hangs is cut at its deadline, and not before' },
      { file: end, name: 'that is closed in the middle fails' },
    ],
  },
  {
    number: 18,
    fault: 'the destination takes the connection and says nothing',
    promise: 'given up after 5 s, after 10 s once RTMP has begun; and tried again',
    specs: ['test/faults/destinations-refusals.spec.ts'],
    also: [
      { file: connection, name: 'is silence after accept until the deadline of the handshake' },
    ],
  },
  {
    number: 19,
    fault: 'the destination refuses the app',
    promise: 'said so; asked again after 5 s, and then every 75 s',
    specs: ['test/faults/destinations-refusals.spec.ts'],
    also: [{ file: backOff, name: 'is asked less than twice a minute after the second look' }],
  },
  {
    number: 20,
    fault: 'the destination refuses the key',
    promise: 'needs attention after the second time; asked less than twice a minute',
    specs: ['test/faults/destinations-refusals.spec.ts'],
    cases: ['with a word', 'by closing'],
    also: [
      { file: machine, name: 'needs attention after the second refusal' },
      { file: backOff, name: 'a refused key is asked less than twice a minute' },
    ],
  },
  {
    number: 21,
    fault: 'the destination holds on to our lost session',
    promise: 'asked again after 2 s, 5 s and 10 s; no two sessions of ours',
    specs: ['test/faults/destinations-refusals.spec.ts'],
    also: [
      { file: machine, name: 'as busy after a loss waits for our own dead session' },
      { file: backOff, name: 'a refusal that a dead session of ours may explain' },
    ],
  },
  {
    number: 22,
    fault: 'the destination drops the connection every few seconds',
    promise: 'waits grow, needs attention in the end; the log says it once in a while',
    specs: ['test/faults/destinations-refusals.spec.ts'],
    also: [
      { file: machine, name: 'seconds after acceptance, three times, is the content' },
      {
        file: 'libs/observability/src/coalescing-reporter.spec.ts',
        name: 'what goes on and on is said ever less often',
      },
    ],
  },
  {
    number: 23,
    fault: 'the destination asks us to connect elsewhere',
    promise: 'not followed, and logged',
    specs: ['test/faults/destinations-refusals.spec.ts'],
    also: [
      {
        file: 'libs/outbound/src/hostile-server.spec.ts',
        name: 'by a request to reconnect is not followed, and served on',
      },
    ],
    later: 'requests that the address guard lets pass will be followed',
  },
];

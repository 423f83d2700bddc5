import type { Row } from './row.ts';

const spec = 'test/faults/encoders.spec.ts';
/** Destinations may be as hostile. */
const destinations = 'test/faults/destinations-refusals.spec.ts';
const continuity = 'test/e2e/continuity.spec.ts';
const takeover = 'apps/relay/src/relay-takeover.spec.ts';
const listener = 'libs/lanes/src/listener.spec.ts';
const limiter = 'libs/lanes/src/connection-limiter.spec.ts';
const chunkLimits = 'libs/rtmp/src/chunk/chunk-limits.spec.ts';
const amf = 'libs/amf/src/amf0.spec.ts';
const splice = 'the encoder is what fails';

/** What an encoder does, and what comes to its port. */
export const ENCODER_ROWS: readonly Row[] = [
  {
    number: 24,
    fault: 'a second encoder publishes with the same key',
    promise: 'the rule of the stream decides; no push is made anew, and none is dropped',
    specs: [spec],
    cases: [
      'is refused where the stream says so',
      'takes over at once where it is the same program',
      'waits as a stranger until the first is silent',
    ],
    also: [
      { file: continuity, name: 'is one broadcast though two encoders fight over its key' },
      { file: takeover, name: '#1591: a second publisher that was refused leaves every push' },
      { file: takeover, name: '#1642: the first of two publishers goes on writing' },
    ],
  },
  {
    number: 25,
    fault: 'the encoder vanishes and is back after 5 s',
    promise: 'destinations stay connected; the timeline goes on, headers only where they changed',
    specs: [spec],
    also: [
      { file: continuity, name: 'outlives its encoder, which was killed and is back after 5 s' },
    ],
    witness: 'spliced',
    why: splice,
  },
  {
    number: 26,
    fault: 'the encoder is back after the grace period',
    promise: 'destinations have heard a goodbye; its return is a new broadcast',
    specs: [spec],
    also: [
      { file: continuity, name: 'is over when its encoder was away for longer than the grace' },
      {
        file: 'apps/relay/src/relay-encoders.spec.ts',
        name: 'ends the broadcast with a goodbye when the grace period is over',
      },
    ],
    witness: 'rejoins',
    why: splice,
  },
  {
    number: 27,
    fault: 'the encoder changes its codec or its picture',
    promise: 'headers are sent again, and destinations stay',
    specs: [spec],
    cases: ['its picture', 'its codec'],
    also: [
      { file: continuity, name: 'goes on with another size of its picture' },
      { file: 'apps/relay/src/relay-inputs.spec.ts', name: 'with other %s is told of' },
    ],
    later: 'a destination that cannot take the codec will be told apart',
  },
  {
    number: 28,
    fault: 'timestamps jump or wrap',
    promise: 'destinations see a rising timeline, and stay connected',
    specs: [spec],
    also: [
      {
        file: 'libs/lanes/src/timestamps.spec.ts',
        name: 'is one unbroken stream for a destination',
      },
      { file: 'libs/media/src/timeline.spec.ts', name: 'goes on across %s' },
    ],
  },
  {
    number: 29,
    fault: 'no keyframe for half a minute',
    promise: 'relayed on; a new connection says that it waits, for 15 s at most',
    specs: [spec],
    also: [
      { file: 'libs/lanes/src/feed.spec.ts', name: 'begins with the keyframe that comes within' },
      {
        file: 'apps/relay/src/relay-keyframe.spec.ts',
        name: 'is said to wait for one, at once, and until it is sent something',
      },
    ],
  },
  {
    number: 30,
    fault: 'sound without a picture, or a picture without sound',
    promise: 'relayed',
    specs: [spec],
    cases: ['sound alone', 'a picture alone'],
    also: [
      { file: 'libs/media/src/ingest-pipeline.spec.ts', name: 'lets a stream without any video' },
      { file: 'libs/lanes/src/ingest-input.spec.ts', name: 'writes sound alone after a while' },
    ],
  },
  {
    number: 31,
    fault: 'what comes to the port is no RTMP',
    promise: 'closed at once, with one line of log',
    specs: [spec],
    also: [{ file: listener, name: 'TLS on the plain port' }],
  },
  {
    number: 32,
    fault: 'a handshake in drips',
    promise: 'closed 5 s after it began, however it trickles',
    specs: [spec],
    also: [{ file: listener, name: 'is closed when the handshake is not done in time' }],
  },
  {
    number: 33,
    fault: 'a handshake, and then nothing',
    promise: 'closed 10 s after it began',
    specs: [spec],
    also: [
      { file: listener, name: 'is closed when it has asked for nothing at the later deadline' },
    ],
  },
  {
    number: 34,
    fault: 'a flood of connections',
    promise: 'bounded for an address and in all; what is live loses nothing, memory returns',
    specs: ['test/faults/load.spec.ts'],
    also: [
      { file: limiter, name: 'admits one address up to its limit' },
      { file: limiter, name: 'admits one address for ever at its rate, however often it tries' },
      { file: listener, name: 'counts from the first byte of TCP on %s: one too many is cut' },
    ],
  },
  {
    number: 35,
    fault: 'huge messages are announced on very many chunk streams',
    promise: 'nothing is set aside before bytes come; 64 chunk streams, 12 MiB unfinished at most',
    specs: [spec, destinations],
    also: [
      { file: chunkLimits, name: 'is not taken by what headers declare' },
      { file: chunkLimits, name: 'holds at most 12 MiB of unfinished messages' },
    ],
  },
  {
    number: 36,
    fault: 'the length of a message changes inside it',
    promise: 'closed',
    specs: [spec],
    also: [{ file: chunkLimits, name: 'a length that changes inside a message' }],
  },
  {
    number: 37,
    fault: 'an absurd chunk size',
    promise: 'less than 128 or negative is closed; a large one is bounded by the message',
    specs: [spec, destinations],
    also: [
      { file: chunkLimits, name: 'a chunk size of 0' },
      { file: chunkLimits, name: 'a chunk size with the top bit' },
    ],
  },
  {
    number: 38,
    fault: 'a chunk stream is aborted, or an aggregate holds another',
    promise: 'nothing crashes, and what follows is read rightly',
    specs: [spec],
    also: [{ file: 'libs/rtmp/src/chunk/chunk-reader.spec.ts', name: 'an abort' }],
  },
  {
    number: 39,
    fault: 'AMF that would fill memory',
    promise: 'refused at 16 levels, 1,024 values, 64 KiB; nothing is set aside for what it claims',
    specs: [spec, destinations],
    also: [
      { file: amf, name: 'objects ten thousand deep' },
      { file: amf, name: 'a strict array of 2^32-1' },
      { file: amf, name: 'a long string of 4 GiB' },
    ],
  },
  {
    number: 40,
    fault: 'messages, codecs and commands that nobody knows',
    promise: 'passed on or dropped; the encoder stays connected',
    specs: [spec],
    also: [
      {
        file: 'libs/rtmp/src/session/server-session.spec.ts',
        name: 'that are unknown are refused, never the connection',
      },
    ],
  },
  {
    number: 41,
    fault: 'acknowledgements are never sent, or asked for at each byte',
    promise: 'nobody waits for them, and nobody is flooded with them',
    specs: [spec, destinations],
    also: [
      { file: 'libs/lanes/src/ingest.spec.ts', name: 'is cut before its answers pile up' },
      { file: 'libs/rtmp/src/session/link-control.spec.ts', name: 'acknowledges at half of %s' },
      {
        file: 'libs/outbound/src/hostile-server.spec.ts',
        name: 'is left soon, however small its messages',
      },
    ],
  },
  {
    number: 69,
    fault: 'pages that never read what they asked for, and 500 that do',
    promise: '1 MiB for each and then the end; the relay does not notice',
    specs: ['test/faults/load.spec.ts'],
    also: [
      {
        file: 'test/integration/api-events.spec.ts',
        name: 'a reader that does not read is dropped, and hurts no other',
      },
    ],
  },
];

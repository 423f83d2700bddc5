import type { NamedTest } from './matrix/row.ts';

/** One limit, and the test at it and one past it. */
export interface Limit {
  readonly what: string;
  readonly value: string;
  /** Where it is set: the file, and words in it that say so. */
  readonly setBy: { readonly file: string; readonly says: string };
  readonly tests: readonly NamedTest[];
  /** Where the design wanted another figure: why it is this one. */
  readonly why?: string;
}

const lanes = 'libs/lanes/src/settings.ts';
const listener = 'libs/lanes/src/listener.spec.ts';
const limiter = 'libs/lanes/src/connection-limiter.spec.ts';
const feed = 'libs/lanes/src/feed.spec.ts';
const chunks = 'libs/rtmp/src/chunk/chunk-limits.ts';
const chunkTests = 'libs/rtmp/src/chunk/chunk-limits.spec.ts';
const sessions = 'libs/rtmp/src/session/session-limits.ts';
const sessionTests = 'libs/rtmp/src/session/server-session.spec.ts';
const amf = 'libs/amf/src/amf-limits.ts';
const amfTests = 'libs/amf/src/amf0.spec.ts';
const socket = 'libs/outbound/src/outbound-socket.ts';
const connection = 'libs/outbound/src/outbound-connection.ts';
const connectionTests = 'libs/outbound/src/outbound-connection.spec.ts';
const web = 'apps/api/src/web/bounded-express-adapter.ts';
const webTests = 'apps/api/src/web/bounded-express-adapter.spec.ts';
const pages = 'test/integration/api-web.spec.ts';
const sender = 'apps/worker/src/deliveries/delivery-sender.ts';
const calls = 'libs/https-call/src/post-json.spec.ts';

/** What an encoder, or whoever comes to its port, may take. */
const INGEST: readonly Limit[] = [
  {
    what: 'the handshake, from accept, however it trickles',
    value: '5 s',
    setBy: { file: lanes, says: 'handshakeMs: 5_000' },
    tests: [{ file: listener, name: 'is closed when the handshake is not done in time' }],
  },
  {
    what: 'an accepted publish, from accept',
    value: '10 s',
    setBy: { file: lanes, says: 'publishMs: 10_000' },
    tests: [{ file: listener, name: 'is closed when it has asked for nothing at the later' }],
  },
  {
    what: 'all bytes before an accepted publish',
    value: '128 KiB',
    setBy: { file: sessions, says: 'bytesBeforePublishMax: 128 * 1024' },
    tests: [{ file: sessionTests, name: 'hold for bytes before publish' }],
  },
  {
    what: 'messages before an accepted publish',
    value: '64',
    setBy: { file: sessions, says: 'messagesBeforePublishMax: 64' },
    tests: [{ file: sessionTests, name: 'hold for messages before publish' }],
  },
  {
    what: 'an audio, video or aggregate message',
    value: '8 MiB',
    setBy: { file: chunks, says: 'mediaMessageBytesMax: 8 * 1024 * 1024' },
    tests: [
      { file: chunkTests, name: 'a video message one too long' },
      { file: chunkTests, name: 'takes a picture of 8 MiB, and not one byte more' },
    ],
  },
  {
    what: 'any other message',
    value: '64 KiB',
    setBy: { file: chunks, says: 'otherMessageBytesMax: 64 * 1024' },
    tests: [{ file: chunkTests, name: 'a command one too long' }],
  },
  {
    what: 'chunk streams of a connection',
    value: '64',
    setBy: { file: chunks, says: 'chunkStreamsMax: 64' },
    tests: [{ file: chunkTests, name: 'the most chunk streams' }],
  },
  {
    what: 'unfinished messages of a connection together',
    value: '12 MiB',
    setBy: { file: chunks, says: 'partialBytesMax: 12 * 1024 * 1024' },
    tests: [{ file: chunkTests, name: 'holds at most 12 MiB of unfinished messages' }],
  },
  {
    what: 'the least chunk size that a peer may set',
    value: '128',
    setBy: { file: chunks, says: 'CHUNK_BYTES_MIN = 128' },
    tests: [{ file: chunkTests, name: 'a chunk size of 127' }],
    why: 'every connection begins with 128; less is of use to nobody, and costs work',
  },
  {
    what: 'containers inside one another in AMF',
    value: '16',
    setBy: { file: amf, says: 'depthMax: 16' },
    tests: [{ file: amfTests, name: 'objects one too deep' }],
  },
  {
    what: 'values in one AMF message',
    value: '1,024',
    setBy: { file: amf, says: 'valuesMax: 1024' },
    tests: [{ file: amfTests, name: 'values one too many' }],
    why: 'a value is a few words of memory, and its message has 64 KiB at most',
  },
  {
    what: 'a string in AMF',
    value: '64 KiB',
    setBy: { file: amf, says: 'stringBytesMax: 64 * 1024' },
    tests: [{ file: amfTests, name: 'a string one too long' }],
    why: 'its message can be no longer, and nothing is set aside for a length that is claimed',
  },
  {
    what: 'what an encoder sends, with ten seconds of it at once',
    value: '80 Mbit/s',
    setBy: { file: 'libs/contracts/src/desired.ts', says: 'INGEST_KBPS_MAX = 80_000' },
    tests: [
      { file: 'libs/lanes/src/bitrate-cap.spec.ts', name: 'takes as much at once as ten seconds' },
    ],
  },
  {
    what: 'an encoder that sends nothing',
    value: '10 s',
    setBy: { file: lanes, says: 'ingestIdleMs: 10_000' },
    tests: [
      { file: 'libs/lanes/src/ingest.spec.ts', name: 'without media is ended past the limit' },
    ],
  },
  {
    what: 'connections of one address that do not publish, in a lane',
    value: '20',
    setBy: { file: lanes, says: 'pendingPerAddress: 20' },
    tests: [{ file: limiter, name: 'admits one address up to its limit' }],
  },
  {
    what: 'new connections of one address, with 200 at once, in a lane',
    value: '10 a second',
    setBy: { file: lanes, says: 'connectionsPerMinutePerAddress: 600' },
    tests: [{ file: limiter, name: 'admits one address for ever at its rate' }],
  },
  {
    what: 'connections that do not publish, in a lane; fewer where descriptors are few',
    value: '500',
    setBy: { file: lanes, says: 'pendingConnections: 500' },
    tests: [
      { file: limiter, name: 'admits all addresses together up to the limit of the lane' },
      { file: limiter, name: 'admits fewer where it is told so' },
    ],
  },
  {
    what: 'wrong keys of one address within a minute',
    value: '10',
    setBy: { file: 'apps/relay/src/failed-keys.ts', says: 'keys: 10' },
    tests: [
      {
        file: 'apps/relay/src/failed-keys.spec.ts',
        name: 'is blocked with one key more than allowed, not before',
      },
    ],
  },
];

/** What a destination may take. */
const EGRESS: readonly Limit[] = [
  {
    what: 'the name and TCP',
    value: '10 s',
    setBy: { file: socket, says: 'tcpMs: 10_000' },
    tests: [{ file: connectionTests, name: 'until the deadline of TCP, and no later' }],
    why: 'it covers the name server and every address of the name, the next after 1 s each',
  },
  {
    what: 'TLS',
    value: '5 s',
    setBy: { file: socket, says: 'tlsMs: 5_000' },
    tests: [
      {
        file: 'libs/outbound/src/outbound-end.spec.ts',
        name: 'that hangs is cut at its deadline, and not before',
      },
    ],
  },
  {
    what: 'the handshake of RTMP',
    value: '5 s',
    setBy: { file: connection, says: 'handshakeMs: 5_000' },
    tests: [{ file: connectionTests, name: 'until the deadline of the handshake, and no later' }],
  },
  {
    what: 'the answer to connect, and the answer to publish',
    value: '10 s each',
    setBy: { file: connection, says: 'publishMs: 10_000' },
    tests: [{ file: connectionTests, name: 'is no answer to %s in time' }],
  },
  {
    what: 'a destination that takes nothing',
    value: '8 s',
    setBy: { file: lanes, says: 'stallMs: 8_000' },
    tests: [{ file: feed, name: 'is given up one millisecond past the limit, not at it' }],
  },
  {
    what: 'behind the encoder, before it skips to a keyframe',
    value: '4 s',
    setBy: { file: lanes, says: 'lagSoftMs: 4_000' },
    tests: [
      { file: feed, name: 'skips nothing at the limit of time' },
      { file: feed, name: 'skips to the newest keyframe one millisecond past it' },
    ],
  },
  {
    what: 'the wait for a keyframe to begin with',
    value: '15 s',
    setBy: { file: lanes, says: 'keyframeWaitMs: 15_000' },
    tests: [{ file: feed, name: 'is given up one millisecond past the limit, not at it' }],
    why: 'keyframes ten seconds apart are relayed; a wait of ten would miss them by chance',
  },
  {
    what: 'what a destination says in a minute',
    value: '256 KiB',
    setBy: { file: 'libs/outbound/src/talk-limit.ts', says: 'SAID_BYTES_MAX = 256 * 1024' },
    tests: [
      { file: 'libs/outbound/src/hostile-server.spec.ts', name: 'is left when it says more' },
    ],
  },
];

/** What a browser, a script or a receiver may take. */
const HTTP: readonly Limit[] = [
  {
    what: 'the body of a request',
    value: '256 KiB',
    setBy: { file: 'apps/api/src/web/json-bodies.ts', says: 'BODY_BYTES_MAX = 256 * 1024' },
    tests: [{ file: pages, name: 'one byte too large' }],
  },
  {
    what: 'the headers of a request',
    value: '16 KiB',
    setBy: { file: web, says: 'HEADER_BYTES_MAX = 16 * 1024' },
    tests: [{ file: webTests, name: 'reads headers just below 16 KiB, and not one byte more' }],
  },
  {
    what: 'a whole request',
    value: '10 s',
    setBy: { file: web, says: 'REQUEST_DEADLINE_MS = 10_000' },
    tests: [{ file: pages, name: 'who sends a request in drips is cut off' }],
  },
  {
    what: 'connections to the API',
    value: '2,000',
    setBy: { file: web, says: 'CONNECTIONS_MAX = 2000' },
    tests: [{ file: webTests, name: 'takes so many connections, and not one more' }],
  },
  {
    what: 'event streams of one person',
    value: '5',
    setBy: {
      file: 'apps/api/src/events/event-hub.ts',
      says: 'EVENT_STREAMS_PER_USER_MAX = 5',
    },
    tests: [
      {
        file: 'test/integration/api-events.spec.ts',
        name: 'the sixth stream of one user is refused until one is closed',
      },
    ],
  },
  {
    what: 'events that a reader has not read',
    value: '1 MiB',
    setBy: {
      file: 'apps/api/src/events/event-stream.ts',
      says: 'UNREAD_BYTES_MAX = 1024 * 1024',
    },
    tests: [
      {
        file: 'test/integration/api-events.spec.ts',
        name: 'a reader that does not read is dropped, and hurts no other',
      },
    ],
  },
  {
    what: 'a webhook',
    value: '5 s',
    setBy: { file: sender, says: 'CALL_DEADLINE_MS = 5_000' },
    tests: [{ file: calls, name: 'gives up on a server that accepts and says nothing' }],
  },
  {
    what: 'what is read of the answer to a webhook',
    value: '64 KiB',
    setBy: { file: sender, says: 'ANSWER_BYTES_MAX = 65_536' },
    tests: [{ file: calls, name: 'reads no more of an answer than it was told' }],
  },
];

export const LIMITS: Readonly<Record<string, readonly Limit[]>> = {
  'What comes in': INGEST,
  'What goes out': EGRESS,
  'The API and those who are told': HTTP,
};

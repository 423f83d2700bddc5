import type { NamedTest } from './matrix/row.ts';

/** What others had to learn, and the test that holds us to it. */
export interface Lesson {
  readonly where: string;
  readonly what: string;
  readonly tests: readonly NamedTest[];
}

const amf = 'libs/amf/src/amf0.spec.ts';
const chunkLimits = 'libs/rtmp/src/chunk/chunk-limits.spec.ts';
const hostile = 'libs/outbound/src/hostile-server.spec.ts';
const refusals = 'libs/rtmp/src/session/client-refusals.spec.ts';
const pages = 'test/integration/api-web.spec.ts';
const takeover = 'apps/relay/src/relay-takeover.spec.ts';

export const LESSONS: readonly Lesson[] = [
  {
    where: 'bRPC, CVE-2026-56387',
    what: 'lengths and counts in AMF were believed, and memory was set aside for them',
    tests: [
      { file: amf, name: 'a long string of 4 GiB' },
      { file: amf, name: 'a strict array of 2^32-1' },
    ],
  },
  {
    where: 'bRPC, CVE-2026-78066',
    what: 'a chunk header could change the length of a message in its middle',
    tests: [
      { file: chunkLimits, name: 'a length that changes inside a message' },
      { file: chunkLimits, name: 'is not taken by what headers declare' },
    ],
  },
  {
    where: 'bRPC, CVE-2026-84727',
    what: 'an Abort freed a chunk stream that was in use',
    tests: [
      {
        file: 'libs/rtmp/src/chunk/chunk-reader.spec.ts',
        name: 'an abort in the middle of a message, and its chunk stream used again',
      },
    ],
  },
  {
    where: 'bRPC, CVE-2026-82953',
    what: 'a refused createStream ended the client',
    tests: [
      { file: 'libs/outbound/src/outbound-connection.spec.ts', name: '_error to createStream' },
    ],
  },
  {
    where: 'FFmpeg, CVE-2016-10191',
    what: 'the size of a packet that did not match wrote past its memory',
    tests: [{ file: chunkLimits, name: 'fmt 0 inside a message' }],
  },
  {
    where: 'FFmpeg, CVE-2017-11665',
    what: 'a hostile server ended the client with AMF',
    tests: [
      { file: refusals, name: 'has no media for us that could be large' },
      { file: 'libs/rtmp/src/session/loopback.spec.ts', name: 'fails as a client in a coded way' },
    ],
  },
  {
    where: 'FFmpeg, CVE-2026-107698 and CVE-2026-107696',
    what: 'a server could send the client to any address, and for ever',
    tests: [
      { file: hostile, name: 'in its refusal is not followed' },
      { file: hostile, name: 'by a request to reconnect is not followed' },
    ],
  },
  {
    where: 'FFmpeg, CVE-2026-107660',
    what: 'a certificate for any host was taken where an address was dialled',
    tests: [
      { file: 'libs/outbound/src/outbound-end.spec.ts', name: 'refuses a certificate %s' },
      { file: 'libs/outbound/src/outbound-end.spec.ts', name: 'for a name where an address is' },
    ],
  },
  {
    where: 'librtmp, CVE-2015-8270',
    what: 'a hostile server ended the client with a string of AMF3',
    tests: [{ file: amf, name: 'a switch to AMF3' }],
  },
  {
    where: 'librtmp, CVE-2015-8271 and CVE-2015-8272',
    what: 'properties past the end, and values that were not there, ended the client',
    tests: [
      { file: amf, name: 'a string that goes past the end' },
      { file: 'libs/rtmp/src/session/loopback.spec.ts', name: 'fails as a client in a coded way' },
    ],
  },
  {
    where: 'SRS, CVE-2023-34105',
    what: 'a stream’s name became part of a command for a shell',
    tests: [
      {
        file: 'apps/relay/src/slate-render.spec.ts',
        name: 'is a program, and never a line for a shell',
      },
    ],
  },
  {
    where: 'SRS, CVE-2024-29882, and MediaMTX before 1.4',
    what: 'what a stranger said became markup in the console',
    tests: [
      { file: pages, name: 'answers carry a strict policy that still works over plain HTTP' },
      {
        file: 'test/integration/first-page.spec.ts',
        name: 'shows what strangers said as text, whatever it is',
      },
    ],
  },
  {
    where: 'Red5, CVE-2017-5878',
    what: 'typed objects became objects of the program',
    tests: [{ file: amf, name: 'a typed object without its class' }],
  },
  {
    where: 'Owncast, CVE-2023-3188 and CVE-2023-46480',
    what: 'hosts that users named were called, private ones as well',
    tests: [
      {
        file: 'libs/https-call/src/post-json.spec.ts',
        name: 'dials no private address, by number',
      },
      { file: 'libs/net/src/guarded-lookup.spec.ts', name: 'judges each attempt anew' },
    ],
  },
  {
    where: 'ZLMediaKit #1839, ireader/media-server #235',
    what: 'one crafted message ended the server',
    tests: [
      { file: 'libs/rtmp/src/session/loopback.spec.ts', name: 'fails as a server in a coded way' },
      { file: 'test/fuzz/corpus.spec.ts', name: 'do no harm' },
    ],
  },
  {
    where: 'Red5 #469 and #475',
    what: 'objects without end of depth, and chunks of one byte, were taken',
    tests: [
      { file: amf, name: 'objects ten thousand deep' },
      { file: chunkLimits, name: 'a chunk size of 127' },
    ],
  },
  {
    where: 'Node-Media-Server, as read',
    what: 'a header alone set 16 MiB aside for each chunk stream',
    tests: [{ file: chunkLimits, name: 'is not taken by what headers declare' }],
  },
  {
    where: 'nginx-rtmp #1591',
    what: 'a second publisher that was refused left one more push behind',
    tests: [
      { file: takeover, name: '#1591: a second publisher that was refused leaves every push' },
    ],
  },
  {
    where: 'nginx-rtmp #1642',
    what: 'a second publisher threw the first one out',
    tests: [{ file: takeover, name: '#1642: the first of two publishers goes on writing' }],
  },
  {
    where: 'nginx-rtmp #1152, Node-Media-Server #381',
    what: 'after a break the key was taken by a connection that was long dead',
    tests: [{ file: takeover, name: '#1152: the ghost of a connection keeps nobody out' }],
  },
];

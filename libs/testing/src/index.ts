/**
 * What specs and tools put around the product: real peers, real media, ports, directories, waiting.
 * It refuses to be part of the product: only specs, test/ and tools/ may import it.
 * Parts: running programs, the API, media and publisher, nginx and TLS peers, checks of recordings,
 * leaks.
 */
export { ForkcastApi } from './forkcast-api.ts';
export type { Answer, DestinationWish, StreamWish } from './forkcast-api.ts';
export { FakeTime } from './fake-time.ts';
export { freePorts } from './free-port.ts';
export { publishWithFfmpeg } from './ffmpeg-publisher.ts';
export type { PublishOptions } from './ffmpeg-publisher.ts';
export { mediaSource, SOURCE_RATE } from './media-source.ts';
export { monotonicMs } from './monotonic.ts';
export { DnsCode, DnsType, NameServer, type DnsReply } from './name-server.ts';
export { NginxRtmp, nginxRtmpModule } from './nginx-rtmp.ts';
export { assertDecodes, assertRisingTimestamps, frameHashes } from './recording-check.ts';
export { longestPauseMs, matchFrames, mediaLengthMs, probePackets } from './recording-check.ts';
export type { Medium, Packet, RecordingMatch } from './recording-check.ts';
export { lastRecorded } from './recording-end.ts';
export { watchResources } from './resource-census.ts';
export { RtmpSink } from './rtmp-sink.ts';
export type { SinkCounts, SinkOptions } from './rtmp-sink.ts';
export { RunningProgram } from './running-program.ts';
export type { ProgramEnd, ProgramSettings } from './running-program.ts';
export { temporaryDirectory } from './temporary-directory.ts';
export { seededRandom } from './seeded-random.ts';
export { ScriptedDestination } from './scripted-destination.ts';
export type { CommandAnswer, DestinationLink } from './scripted-destination.ts';
export type { DestinationScript, HeardMedia } from './scripted-destination.ts';
export { matchSplices } from './splice-match.ts';
export type { SpliceRun, SpliceSource } from './splice-match.ts';
export { readStamp, SyntheticEncoder } from './synthetic-encoder.ts';
export type { EncoderRate, Stamp, SyntheticMessage } from './synthetic-encoder.ts';
export { makeSelfSignedPair, makeTestCertificates } from './test-certificates.ts';
export type { TestCertificates } from './test-certificates.ts';
export { openTlsFront } from './tls-front.ts';
export type { TlsFront } from './tls-front.ts';
export { waitFor } from './wait-for.ts';

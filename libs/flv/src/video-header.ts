/** FrameType, FLV 10.1 annex E.4.3.1 and E-RTMP v2 VideoFrameType. */
export const FrameType = {
  KEY: 1,
  INTER: 2,
  DISPOSABLE: 3,
  GENERATED_KEY: 4,
  COMMAND: 5,
} as const;

/** VideoPacketType, E-RTMP v2. ModEx (7) is spent before a packet has its type. */
export const VideoPacketType = {
  SEQUENCE_START: 0,
  CODED_FRAMES: 1,
  SEQUENCE_END: 2,
  CODED_FRAMES_X: 3,
  METADATA: 4,
  MPEG2_TS_SEQUENCE_START: 5,
  MULTITRACK: 6,
} as const;

/** AVCPacketType of legacy video; the HEVC dialect uses the same. */
export const AvcPacketType = { SEQUENCE_HEADER: 0, NAL_UNITS: 1, END_OF_SEQUENCE: 2 } as const;

/** Legacy: FrameType and CodecID, AVCPacketType, CompositionTime SI24. */
export const AVC_HEADER_BYTES = 5;

const CODEC_AVC = 7;
const CODEC_HEVC = 12;

/** Legacy codecs whose header goes on with AVCPacketType and CompositionTime. */
export function hasAvcHeader(codecId: number): boolean {
  return codecId === CODEC_AVC || codecId === CODEC_HEVC;
}

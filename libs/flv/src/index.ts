/**
 * What is inside audio and video messages: legacy FLV, Enhanced RTMP, codec configurations.
 * It refuses to decode pictures or sound, to know chunks or sessions, and to throw for a body.
 * Parts: flags (hot path), traits, header keys, codec configurations and their bits, data messages,
 * flv-file (messages as a file has them).
 */
export {
  ADDITIONAL_MEDIA,
  EXPECT_ADDITIONAL_MEDIA,
  readAdditionalMedia,
} from './additional-media.ts';
export { audioFlags } from './audio-flags.ts';
export { parseAvcRecord } from './avc-config.ts';
export { parseAvcPictureSet, type AvcPictureSet } from './avc-picture-set.ts';
export { parseAvcSequenceSet, type AvcSequenceSet } from './avc-sequence-set.ts';
export { BitReader } from './bit-reader.ts';
export { BitWriter } from './bit-writer.ts';
export type { AacConfig, AacCore, VideoConfig } from './codec-config.ts';
export { decodeDataMessage, encodeMetadata } from './data-message.ts';
export type { DataMessage } from './data-message.ts';
export { describeAudio } from './describe-audio.ts';
export { describeAudioConfig, describeVideoConfig } from './describe-config.ts';
export { describeVideo } from './describe-video.ts';
export { flvFileHeader, flvTag } from './flv-file.ts';
export { furtherBytes } from './further-bytes.ts';
export { headerKey } from './header-key.ts';
export type { MediaFault } from './media-fault.ts';
export { HEADER_FLAGS, MediaFlag } from './media-flag.ts';
export type {
  AudioPacket,
  AudioTraits,
  MediaTrack,
  VideoFrame,
  VideoPacket,
  VideoTraits,
  VideoTrack,
} from './media-traits.ts';
export { withEmulationPrevention, withoutEmulationPrevention } from './nal-unit.ts';
export { pickAudio, pickVideo, type Framing } from './pick-track.ts';
export { videoFlags } from './video-flags.ts';

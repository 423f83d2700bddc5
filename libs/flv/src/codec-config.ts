/** What a configuration record says of a video track. */
export interface VideoConfig {
  readonly codec: 'avc1' | 'hvc1' | 'av01';
  /** In the codec's own words: `High`, `Main 10`. A number where it has no name. */
  readonly profile: string;
  /** As people write it: `4.1`. */
  readonly level: string;
  /** Of the picture that is shown, after cropping; in pixels. */
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
}

/** What an AudioSpecificConfig says. */
export interface AacConfig {
  readonly codec: 'mp4a';
  /** MPEG-4 audio object type: 2 is LC, 5 HE-AAC (SBR), 29 HE-AAC v2 (SBR and PS). */
  readonly objectType: number;
  /** Of what is heard: with SBR, that of the extension. */
  readonly sampleRateHz: number;
  /** 0 where the channels are listed inside the audio itself. */
  readonly channels: number;
  /** Of what is coded, without SBR and parametric stereo. */
  readonly core: AacCore;
}

/** The coder inside an AAC decoder: what its frames are made of. */
export interface AacCore {
  /** MPEG-4 audio object type; 2 is LC. */
  readonly objectType: number;
  readonly sampleRateHz: number;
  /** ISO/IEC 14496-3 table 1.19: which channel elements a frame has, in which order. */
  readonly channelConfiguration: number;
  /** In the time of one frame: 1024, or 960. */
  readonly samplesPerFrame: number;
}

/** Real records have some 50 bytes, with an encoder's greetings in them 2 KiB. */
export const CONFIG_BYTES_MAX = 64 * 1024;

/** Level 6.2 of H.264 and H.265 ends here; what claims more is garbage. */
export const PICTURE_SIDE_PIXELS_MAX = 16_888;

/** The picture is one that may exist. Parsers give undefined otherwise. */
export function isPictureSize(width: number, height: number): boolean {
  return (
    width > 0 && height > 0 && width <= PICTURE_SIDE_PIXELS_MAX && height <= PICTURE_SIDE_PIXELS_MAX
  );
}

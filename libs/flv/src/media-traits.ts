import type { MediaFault } from './media-fault.ts';

/** One track's share of a message. */
export interface MediaTrack {
  /** 0 is the default track, and the only one of a message without track ids. */
  readonly trackId: number;
  /** FourCC (`avc1`, `mp4a`), or a plain name for what never had one (`h263`, `speex`). */
  readonly codec: string;
  /** Codec configuration record, coded data or metadata: a view of the body, borrowed with it. */
  readonly data: Uint8Array;
}

export interface VideoTrack extends MediaTrack {
  /** Presentation time minus message timestamp, in milliseconds; may be negative. */
  readonly compositionTimeMs: number;
}

export type VideoFrame = 'key' | 'inter' | 'disposable' | 'generated-key' | 'command' | 'reserved';

/** What a message is for. `config` and `metadata` are replayed to whoever joins. */
export type VideoPacket =
  'config' | 'frames' | 'end' | 'metadata' | 'command' | 'empty' | 'unknown' | 'malformed';

export type AudioPacket = Exclude<VideoPacket, 'metadata' | 'command'> | 'channels';

interface Traits {
  /** In the framing of Enhanced RTMP. */
  readonly enhanced: boolean;
  readonly multitrack: boolean;
  /** To be added to the presentation time, in nanoseconds. */
  readonly timestampOffsetNs: number;
  /** Why the packet is `malformed`; undefined for every other. */
  readonly fault: MediaFault | undefined;
}

export interface VideoTraits extends Traits {
  readonly frame: VideoFrame;
  readonly packet: VideoPacket;
  readonly tracks: readonly VideoTrack[];
}

export interface AudioTraits extends Traits {
  readonly packet: AudioPacket;
  readonly tracks: readonly MediaTrack[];
}

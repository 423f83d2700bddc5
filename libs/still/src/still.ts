/** A message of the stream; its body is borrowed for the call. */
export interface StillMessage {
  /** Of RTMP: 8 is audio, 9 video. */
  readonly typeId: number;
  readonly body: Uint8Array;
}

/** What is known of the stream that stopped. */
export interface StillInput {
  /** As whoever joins is sent them. */
  readonly headers: readonly StillMessage[];
  /** The newest keyframe and all that came after it, in the order of coding. */
  readonly gop: ReadonlyArray<StillMessage & { readonly timestampMs: number }>;
}

/**
 * - `last-picture`: what was seen last, to the pixel, until the first keyframe; then that keyframe.
 * - `keyframe`: the newest keyframe, again and again.
 * - `slate`: a picture of the owner's.
 * - `none`: nothing that could be sent without harm.
 */
export type StillPicture = 'last-picture' | 'keyframe' | 'slate' | 'none';

/** Coded pictures of one moment. */
export interface StillVideo {
  readonly picture: StillPicture;
  /** Why it is less than it could be; empty where it is not. */
  readonly reason: string;
  /** Between two pictures, in milliseconds; 0 where there is none. */
  readonly frameMs: number;
  /** Between two keyframes, in milliseconds; 0 where none can be made, and then all are skips. */
  readonly keyframeMs: number;
  /**
   * The body of the next video message, to be sent at `dtsMs`. Pictures refer to the one before:
   * each must be sent, in order. What cannot be made as asked is the other kind; with picture
   * `none` the body is empty. Valid until the next call.
   */
  video(kind: 'skip' | 'keyframe', dtsMs: number): Buffer;
}

/** Silence of one codec. */
export interface StillAudio {
  readonly sound: 'silence' | 'none';
  /** Why there is none though there was sound; empty otherwise. */
  readonly reason: string;
  /** Of one message, in milliseconds, exact and not whole; 0 where there is no sound. */
  readonly soundMs: number;
  /** The body of the next audio message; empty where there is no sound. Not to be changed. */
  audio(): Buffer;
}

export interface Still extends StillVideo, StillAudio {}

export function noVideo(reason: string): StillVideo {
  const empty = Buffer.alloc(0);
  return { picture: 'none', reason, frameMs: 0, keyframeMs: 0, video: () => empty };
}

export function noAudio(reason: string): StillAudio {
  const empty = Buffer.alloc(0);
  return { sound: 'none', reason, soundMs: 0, audio: () => empty };
}

import { AmfEcmaArray, AmfObject } from '#amf';
import type { AmfValue } from '#amf';
import { decodeDataMessage, encodeMetadata } from '#flv';
import type { TrackChoice } from './rendition-choice.ts';

/** E-RTMP v2, onMetaData: what is told of further tracks, by their numbers. */
const TRACK_MAPS = { video: 'videoTrackIdInfoMap', audio: 'audioTrackIdInfoMap' } as const;

/** What is said of track 0 at the top, and is wrong of any other. */
const OF_TRACK_ZERO = {
  video: ['width', 'height', 'framerate', 'videodatarate', 'videocodecid'],
  audio: [
    'audiosamplerate',
    'audiosamplesize',
    'audiochannels',
    'stereo',
    'audiodatarate',
    'audiocodecid',
  ],
} as const;

export interface MetadataChoice {
  /** The tracks that are sent, which need not be those that were chosen. */
  readonly video: TrackChoice;
  readonly audio: TrackChoice;
  readonly overrides: ReadonlyMap<string, AmfValue>;
}

/**
 * `onMetaData` of a rendition. Of a track that is sent alone
 * it says at the top what the encoder says of it among the tracks, and nothing of the others.
 */
export function renditionMetadata(body: Uint8Array, choice: MetadataChoice): Buffer {
  const values = new Map(decodeDataMessage(body)?.values);
  for (const kind of ['video', 'audio'] as const) settleTrack(values, kind, choice[kind]);
  for (const [name, value] of choice.overrides) values.set(name, value);
  return encodeMetadata(values);
}

function settleTrack(
  values: Map<string, AmfValue>,
  kind: 'video' | 'audio',
  choice: TrackChoice,
): void {
  if (choice === 'all') return;
  const tracks = values.get(TRACK_MAPS[kind]);
  values.delete(TRACK_MAPS[kind]);
  if (choice === 0) return;
  for (const name of OF_TRACK_ZERO[kind]) values.delete(name);
  if (choice === 'none' || !isNamed(tracks)) return;
  const told = tracks.get(String(choice));
  if (!isNamed(told)) return;
  for (const [name, value] of told) values.set(name, value);
}

function isNamed(value: AmfValue): value is AmfObject | AmfEcmaArray {
  return value instanceof AmfObject || value instanceof AmfEcmaArray;
}

import { amfObject } from '#amf';
import type { AmfObject, AmfValue } from '#amf';

import { isMembers } from '../message/status.ts';

/** Enhanced RTMP v2, "Enhancing NetConnection connect Command". */
export const CapabilityFlag = {
  RECONNECT: 1,
  MULTITRACK: 2,
  MOD_EX: 4,
  TIMESTAMP_NANO: 8,
} as const;

const CAN_FORWARD = 4;
const ANY = '*';
const FOURCC_CHARACTERS = 4;
const VIDEO_FOURCCS = ['avc1', 'hvc1', 'av01', 'vp08', 'vp09', 'vvc1', ANY];
const AUDIO_FOURCCS = ['mp4a', 'Opus', 'fLaC', 'ac-3', 'ec-3', '.mp3', ANY];

/**
 * What an encoder says of Enhanced RTMP in connect. OBS says nothing, and sends it all the same.
 */
export interface EnhancedCapabilities {
  /** Whether it said anything at all. */
  readonly isAnnounced: boolean;
  /** All codecs it named; '*' stands for any. */
  readonly fourCcs: readonly string[];
  /** `CapabilityFlag` bits. */
  readonly capsEx: number;
}

/** Codecs that will be sent in the framing of Enhanced RTMP. */
export interface FourCcs {
  readonly video: readonly string[];
  readonly audio: readonly string[];
}

/** What both ends of ours pass on untouched. */
const PASSED_ON = CapabilityFlag.MULTITRACK | CapabilityFlag.MOD_EX | CapabilityFlag.TIMESTAMP_NANO;

export function readEnhancedCapabilities(
  connect: ReadonlyMap<string, AmfValue>,
): EnhancedCapabilities {
  const list = connect.get('fourCcList');
  const video = connect.get('videoFourCcInfoMap');
  const audio = connect.get('audioFourCcInfoMap');
  const capsEx = connect.get('capsEx');
  const named = [
    ...(Array.isArray(list) ? (list as readonly AmfValue[]) : []),
    ...keysOf(video),
    ...keysOf(audio),
  ];
  return {
    isAnnounced: [list, video, audio, capsEx].some((value) => value !== undefined),
    fourCcs: [...new Set(named.filter(isFourCc))],
    capsEx: typeof capsEx === 'number' ? capsEx >>> 0 : 0,
  };
}

/** What a server that forwards every codec untouched says of itself, to be added to its answer. */
export function forwarderFields(): Record<string, AmfValue> {
  return {
    fourCcList: [...VIDEO_FOURCCS.slice(0, -1), ...AUDIO_FOURCCS],
    videoFourCcInfoMap: forwardMap(VIDEO_FOURCCS),
    audioFourCcInfoMap: forwardMap(AUDIO_FOURCCS),
    capsEx: PASSED_ON,
  };
}

/** What a client says that is about to send these codecs; nothing where there are none. */
export function publisherFields({ video, audio }: FourCcs): Record<string, AmfValue> {
  if (video.length === 0 && audio.length === 0) return {};
  return {
    fourCcList: [...video, ...audio],
    ...(video.length > 0 && { videoFourCcInfoMap: forwardMap(video) }),
    ...(audio.length > 0 && { audioFourCcInfoMap: forwardMap(audio) }),
    capsEx: PASSED_ON,
  };
}

function forwardMap(fourCcs: readonly string[]): AmfObject {
  return amfObject(Object.fromEntries(fourCcs.map((fourCc) => [fourCc, CAN_FORWARD])));
}

function keysOf(value: AmfValue): string[] {
  return isMembers(value) ? [...value.keys()] : [];
}

function isFourCc(value: AmfValue): value is string {
  return typeof value === 'string' && (value === ANY || value.length === FOURCC_CHARACTERS);
}

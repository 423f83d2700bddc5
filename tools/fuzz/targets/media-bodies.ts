import {
  audioFlags,
  decodeDataMessage,
  describeAudio,
  describeAudioConfig,
  describeVideo,
  describeVideoConfig,
  encodeMetadata,
  furtherBytes,
  HEADER_FLAGS,
  headerKey,
  MediaFlag,
  parseAvcPictureSet,
  parseAvcRecord,
  parseAvcSequenceSet,
  videoFlags,
  withEmulationPrevention,
  withoutEmulationPrevention,
  type AudioTraits,
  type VideoTraits,
} from '#flv';
import { AmfEcmaArray, AmfObject, encodeAmf0, type AmfValue } from '#amf';
import { Choices } from '../choices.ts';
import { must, mustEqual } from '../judge.ts';
import type { FuzzTarget } from '../target.ts';
import { anyAmf0Values } from './amf0-bytes.ts';

const FIRST_BYTES = [
  0x17, 0x27, 0x90, 0x91, 0x93, 0x94, 0x96, 0x97, 0xa6, 0xaf, 0x95, 0x1c,
] as const;
const FOUR_CCS = ['avc1', 'hvc1', 'vvc1', 'av01', 'vp09', 'mp4a', 'Opus', 'ac-3'] as const;

type Kind = 'audio' | 'video';

/** The flags of the hot path say what the description of the same body says. */
function judge(kind: Kind, body: Buffer): string {
  const flags = kind === 'video' ? videoFlags(body) : audioFlags(body);
  const traits: VideoTraits | AudioTraits =
    kind === 'video' ? describeVideo(body) : describeAudio(body);
  const { packet, tracks, fault } = traits;
  const has = (flag: number): boolean => (flags & flag) !== 0;
  must(has(MediaFlag.MALFORMED) === (packet === 'malformed'), 'malformed is malformed');
  must((fault !== undefined) === (packet === 'malformed'), 'a fault has its name');
  must(has(MediaFlag.SEQUENCE_HEADER) === (packet === 'config'), 'a configuration is one');
  must(has(MediaFlag.UNKNOWN) === (packet === 'unknown'), 'unknown is unknown');
  must(has(MediaFlag.COMMAND) === (packet === 'command'), 'a command is one');
  if (has(MediaFlag.KEYFRAME)) {
    must('frame' in traits && traits.frame.endsWith('key'), 'a keyframe is one');
    must(
      tracks.some(({ trackId }) => trackId === 0),
      'a keyframe is of track 0',
    );
  }
  if (has(MediaFlag.FURTHER)) {
    must(!tracks.some(({ trackId }) => trackId === 0), 'a further track is not track 0');
  }
  must((headerKey(kind, body) !== '') === has(HEADER_FLAGS), 'what is kept has a key');
  must(tracks.length <= 16, 'tracks are few');
  for (const { data } of tracks) {
    const isInside = data.length === 0 || data.buffer === body.buffer;
    must(isInside && data.byteLength <= body.length, 'a track is a view of its message');
  }
  if (has(MediaFlag.MULTITRACK)) {
    const further = furtherBytes(kind, body);
    must(further >= 0 && further <= body.length, 'further tracks fit into their message');
  }
  for (const track of tracks) {
    if (packet !== 'config') continue;
    if (kind === 'video') describeVideoConfig(track);
    else describeAudioConfig(track);
  }
  return `${packet} ${fault} ${Math.min(tracks.length, 2)} ${has(MediaFlag.KEYFRAME)}`;
}

/** A body whose lengths are right, mostly. */
export function anyBody(choices: Choices): Buffer {
  const parts: Uint8Array[] = [Buffer.of(choices.pick(FIRST_BYTES))];
  for (let count = choices.below(10); count > 0; count -= 1) {
    switch (choices.below(7)) {
      case 0:
        parts.push(Buffer.from(choices.pick(FOUR_CCS)));
        break;
      case 1: {
        const piece = choices.piece();
        const size = Buffer.alloc(4, choices.below(18));
        size.writeUIntBE(choices.below(8) === 7 ? choices.number() & 0xffffff : piece.length, 1, 3);
        parts.push(size, piece);
        break;
      }
      case 2: {
        // A modifier of the packet's type, and the type behind it.
        const piece = choices.piece(9);
        parts.push(Buffer.of(Math.max(0, piece.length - 1)), piece, Buffer.of(choices.byte()));
        break;
      }
      case 3:
        parts.push(Buffer.of(choices.byte()));
        break;
      case 4:
        parts.push(Buffer.of(0xff, 0, choices.byte()), Buffer.alloc(choices.byte()));
        break;
      case 5:
        parts.push(Buffer.alloc(4));
        break;
      default:
        parts.push(choices.piece());
    }
  }
  return Buffer.concat(parts);
}

const CODECS = ['avc1', 'hvc1', 'av01', 'mp4a', 'vp09', 'Opus'] as const;

function judgeConfiguration(input: Buffer): string {
  const choices = new Choices(input);
  const codec = choices.pick(CODECS);
  const data = choices.rest();
  const config = describeVideoConfig({ trackId: 0, codec, data });
  if (config !== undefined) {
    const { width, height, bitDepth } = config;
    const sides = [width, height];
    must(
      sides.every((side) => side > 0 && side <= 16_888),
      'a picture has a size that may be',
    );
    must(Number.isSafeInteger(bitDepth), 'a bit depth is a number');
    must(config.profile.length <= 32 && config.level.length <= 16, 'its words are short');
  }
  const sound = describeAudioConfig({ trackId: 0, codec, data });
  if (sound !== undefined) {
    must(sound.sampleRateHz > 0 && sound.sampleRateHz < 2 ** 24, 'a rate is one');
    must(sound.channels >= 0 && sound.channels <= 8, 'channels are few');
  }
  for (const unit of parseAvcRecord(data)?.units ?? []) judgeUnit(unit);
  judgeUnit(data);
  const heard = `${sound?.channels} ${sound?.core.samplesPerFrame}`;
  return `${config?.codec} ${config?.bitDepth === 8} ${heard}`;
}

function judgeUnit(unit: Uint8Array): void {
  parseAvcSequenceSet(unit);
  parseAvcPictureSet(unit);
  const payload = withoutEmulationPrevention(unit);
  const written = withEmulationPrevention(payload);
  mustEqual(
    Buffer.from(withoutEmulationPrevention(written)),
    Buffer.from(payload),
    'what is prevented from emulation reads the same',
  );
}

function judgeData(bytes: Buffer): string {
  const message = decodeDataMessage(bytes);
  const key = headerKey('data', bytes);
  if (message === undefined) return 'nothing';
  const again = decodeDataMessage(encodeMetadata(message.values));
  mustEqual([...(again?.values ?? [])], [...message.values], 'metadata is passed on whole');
  return `${key} ${Math.min(message.values.size, 8)}`;
}

const ground = ['libs/flv/'];
const varied = (factor: number): Buffer =>
  Buffer.from(Array.from({ length: 64 }, (_, at) => at * factor));

export const MEDIA_BODIES: readonly FuzzTarget[] = [
  {
    name: 'video-body',
    ground,
    seeds: [Buffer.from('1701000000', 'hex'), Buffer.from('90617663310100', 'hex')],
    run: (input) => judge('video', input),
  },
  {
    name: 'audio-body',
    ground,
    seeds: [Buffer.from('af001190', 'hex'), Buffer.from('904f707573', 'hex')],
    run: (input) => judge('audio', input),
  },
  {
    name: 'media-body',
    ground,
    seeds: [varied(5), varied(11)],
    run(input) {
      const choices = new Choices(input);
      return judge(choices.flag() ? 'video' : 'audio', anyBody(choices));
    },
  },
  { name: 'codec-configuration', ground, seeds: [], run: judgeConfiguration },
  {
    name: 'data-message',
    ground: [...ground, 'libs/amf/'],
    seeds: [
      encodeMetadata(
        new Map<string, AmfValue>([
          ['encoder', 'one'],
          ['width', 1920],
        ]),
      ),
      encodeAmf0(['onCuePoint', new AmfEcmaArray([['name', 'goal']])]),
      encodeAmf0([
        'additionalMedia',
        new AmfObject([
          ['id', 'stream0'],
          ['media', null],
        ]),
      ]),
    ],
    run: judgeData,
  },
  {
    name: 'metadata',
    ground,
    seeds: [varied(5)],
    run: (input) => judgeData(anyAmf0Values(new Choices(input))),
  },
];

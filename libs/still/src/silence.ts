import { describeAudio, describeAudioConfig } from '#flv';
import type { MediaTrack } from '#flv';
import { silentAacFrame } from './aac-silence.ts';
import { noAudio } from './still.ts';
import type { StillAudio, StillInput, StillMessage } from './still.ts';

const AUDIO = 8;

/** Legacy AACPacketType and E-RTMP AudioPacketType of coded frames. */
const FRAMES = 1;
const ENHANCED_FRAMES = 0x90 | FRAMES;

/**
 * A table of contents that says 20 ms of CELT, and a frame cut to nothing, which stands for
 * silence (RFC 6716 section 3.1); for one channel and for two.
 */
const silentOpus = { mono: Buffer.from('f8fffe', 'hex'), stereo: Buffer.from('fcfffe', 'hex') };
const OPUS_MS = 20;
/** OpusHead, RFC 7845 section 5.1. */
const OPUS_CHANNELS_OFFSET = 9;
const OPUS_FAMILY_OFFSET = 18;

/** G.711 in FLV is sampled at 8 kHz, whatever its flags say. */
const G711_MS = 20;
const G711_SAMPLES = 160;
const silentG711: Readonly<Record<string, number>> = { alaw: 0xd5, mulaw: 0xff };
const STEREO_FLAG = 1;

/** The sound that track 0 had, from its configuration or, for codecs that have none, a frame. */
export function makeSilence(input: StillInput): StillAudio {
  const message = newestAudio(input.headers, 'config') ?? newestAudio(input.gop, 'frames');
  if (message === undefined) return noAudio('');
  const { body, track, enhanced } = message;
  switch (track.codec) {
    case 'mp4a':
      return aacSilence(body, track, enhanced);
    case 'Opus':
      return opusSilence(track.data);
    case 'alaw':
    case 'mulaw':
      return g711Silence(body, silentG711[track.codec] ?? 0);
    default:
      return noAudio(`there is no silence to be had in ${track.codec}`);
  }
}

interface FoundAudio {
  readonly body: Uint8Array;
  readonly track: MediaTrack;
  readonly enhanced: boolean;
}

function newestAudio(
  messages: readonly StillMessage[],
  packet: 'config' | 'frames',
): FoundAudio | undefined {
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    const message = messages[index];
    if (message === undefined || message.typeId !== AUDIO) continue;
    const traits = describeAudio(message.body);
    const track = traits.tracks.find(({ trackId }) => trackId === 0);
    if (traits.packet === packet && track !== undefined) {
      return { body: message.body, track, enhanced: traits.enhanced };
    }
  }
  return undefined;
}

function aacSilence(body: Uint8Array, track: MediaTrack, enhanced: boolean): StillAudio {
  const config = describeAudioConfig(track);
  const frame = config && silentAacFrame(config.core);
  if (config === undefined || frame === undefined) {
    return noAudio('there is no silence to be had in this kind of AAC');
  }
  const framing = enhanced ? enhancedFraming('mp4a') : Buffer.of(body[0] ?? 0, FRAMES);
  const { samplesPerFrame, sampleRateHz } = config.core;
  return silence((samplesPerFrame * 1000) / sampleRateHz, Buffer.concat([framing, frame]));
}

function opusSilence(head: Uint8Array): StillAudio {
  if ((head[OPUS_FAMILY_OFFSET] ?? 0) !== 0) {
    return noAudio('there is no silence to be had in Opus of many channels');
  }
  const frame = head[OPUS_CHANNELS_OFFSET] === 1 ? silentOpus.mono : silentOpus.stereo;
  return silence(OPUS_MS, Buffer.concat([enhancedFraming('Opus'), frame]));
}

function g711Silence(body: Uint8Array, sample: number): StillAudio {
  const flags = body[0] ?? 0;
  const channels = (flags & STEREO_FLAG) === 0 ? 1 : 2;
  const samples = Buffer.alloc(G711_SAMPLES * channels, sample);
  return silence(G711_MS, Buffer.concat([Buffer.of(flags), samples]));
}

function enhancedFraming(fourCc: string): Buffer {
  return Buffer.concat([Buffer.of(ENHANCED_FRAMES), Buffer.from(fourCc, 'latin1')]);
}

function silence(soundMs: number, body: Buffer): StillAudio {
  return { sound: 'silence', reason: '', soundMs, audio: () => body };
}

import { describeAudio, describeAudioConfig, describeVideo, describeVideoConfig } from '#flv';
import type { HeaderMessage } from '#ring';
import { MessageTypeId } from './message-type-id.ts';

/**
 * How an encoder goes on from the one before it: with the `same` configurations; with other
 * `parameters`, told in band; or with another `codec`, which destinations may not have agreed to.
 */
export interface Continuity {
  readonly kind: 'same' | 'parameters' | 'codec';
  /** What changed, for a person; empty where nothing did. */
  readonly detail: string;
}

interface Configured {
  readonly codec: string;
  /** The codec, and what is heard or seen of it. */
  readonly words: string;
  readonly data: Uint8Array;
}

/** Of track 0 of both kinds, which stands for its kind. */
export function continuityOf(
  before: readonly HeaderMessage[],
  after: readonly HeaderMessage[],
): Continuity {
  const details: string[] = [];
  let kind: Continuity['kind'] = 'same';
  for (const typeId of [MessageTypeId.VIDEO, MessageTypeId.AUDIO]) {
    const was = configuredIn(before, typeId);
    const is = configuredIn(after, typeId);
    if (was === undefined && is === undefined) continue;
    if (was !== undefined && is !== undefined && Buffer.compare(was.data, is.data) === 0) {
      if (was.codec === is.codec) continue;
    }
    const isOther = was !== undefined && is !== undefined && was.codec !== is.codec;
    if (isOther || kind === 'same') kind = isOther ? 'codec' : 'parameters';
    const track = typeId === MessageTypeId.VIDEO ? 'picture' : 'sound';
    details.push(`${track}: ${was?.words ?? 'none'} → ${is?.words ?? 'none'}`);
  }
  return { kind, detail: details.join('; ') };
}

function configuredIn(headers: readonly HeaderMessage[], typeId: number): Configured | undefined {
  for (const header of headers) {
    if (header.typeId !== typeId) continue;
    const found = typeId === MessageTypeId.VIDEO ? videoOf(header.body) : audioOf(header.body);
    if (found !== undefined) return found;
  }
  return undefined;
}

function videoOf(body: Uint8Array): Configured | undefined {
  const { packet, tracks } = describeVideo(body);
  const track = tracks.find(({ trackId }) => trackId === 0);
  if (packet !== 'config' || track === undefined) return undefined;
  const config = describeVideoConfig(track);
  const { codec, data } = track;
  if (config === undefined) return { codec, words: codec, data };
  const words = `${codec} ${config.width}×${config.height} ${config.profile} ${config.level}`;
  return { codec, words, data };
}

function audioOf(body: Uint8Array): Configured | undefined {
  const { packet, tracks } = describeAudio(body);
  const track = tracks.find(({ trackId }) => trackId === 0);
  if (packet !== 'config' || track === undefined) return undefined;
  const config = describeAudioConfig(track);
  const { codec, data } = track;
  const words = config === undefined ? codec : `${codec} ${config.sampleRateHz} Hz`;
  return { codec, words, data };
}

import { EXPECT_ADDITIONAL_MEDIA, readAdditionalMedia } from './additional-media.ts';
import { audioFlags } from './audio-flags.ts';
import { decodeDataMessage } from './data-message.ts';
import { describeAudio } from './describe-audio.ts';
import { describeVideo } from './describe-video.ts';
import { HEADER_FLAGS } from './media-flag.ts';

/** Packets that are kept for whoever joins. */
const slots: ReadonlySet<string> = new Set(['config', 'metadata', 'channels']);
const ID_CHARACTERS_MAX = 32;

/**
 * Names the slot that a header fills: of two bodies with one key, the later replaces the earlier.
 * `video:0:config`, `audio:1:channels`, `video:0+1:config` for a message of several tracks; of data
 * messages `data:0:metadata`, and what announces and configures a second sound beside the tracks,
 * `data:0:expected` and `data:stream0:config`.
 * The codec is no part of it, since a track that changes its codec has one configuration still.
 * Empty for a body that is no header.
 */
export function headerKey(kind: 'audio' | 'video' | 'data', body: Uint8Array): string {
  if (kind === 'data') return dataKey(body);
  const { packet, tracks } = kind === 'video' ? describeVideo(body) : describeAudio(body);
  if (!slots.has(packet)) return '';
  return `${kind}:${tracks.map(({ trackId }) => trackId).join('+')}:${packet}`;
}

function dataKey(body: Uint8Array): string {
  const additional = readAdditionalMedia(body);
  if (additional !== undefined) {
    const id = additional.id.replaceAll(/\W/g, '_').slice(0, ID_CHARACTERS_MAX);
    return (audioFlags(additional.media) & HEADER_FLAGS) === 0 ? '' : `data:${id}:config`;
  }
  const name = decodeDataMessage(body)?.name;
  if (name === 'onMetaData') return 'data:0:metadata';
  return name === EXPECT_ADDITIONAL_MEDIA ? 'data:0:expected' : '';
}

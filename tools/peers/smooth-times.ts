import { HEADER_FLAGS, videoFlags } from '#flv';
import { MessageType } from '#rtmp';
import type { JudgedMedia } from '../../test/faults/layer/frame-judge.ts';

/** Sound and pictures of one moment: no receiver minds which of them comes first. */
export const ONE_MOMENT_MS = 100;

/**
 * Lifts timestamps that fall by less than a moment, and those of headers, which have no time, to
 * the one before: a judge of rising ones then sees those that fall in earnest.
 */
export class SmoothTimes {
  #lastMs = 0;

  of<Media extends JudgedMedia>(media: Media): Media {
    const fellMs = this.#lastMs - media.timestampMs;
    const isLifted = fellMs < ONE_MOMENT_MS || isHeader(media);
    if (fellMs > 0 && isLifted) return { ...media, timestampMs: this.#lastMs };
    this.#lastMs = media.timestampMs;
    return media;
  }
}

function isHeader({ type, body }: JudgedMedia): boolean {
  if (type === MessageType.AUDIO) return (body[0] ?? 0) >> 4 === 10 && body[1] === 0;
  return type === MessageType.VIDEO && (videoFlags(body) & HEADER_FLAGS) !== 0;
}

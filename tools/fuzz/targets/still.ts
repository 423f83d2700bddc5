import { isCleanEntry, makeStill, slateCoding, slateFault, type StillMessage } from '#still';
import { Choices } from '../choices.ts';
import { must } from '../judge.ts';
import type { FuzzTarget } from '../target.ts';

const VIDEO = 9;
const AUDIO = 8;
const PIECE_BYTES_MAX = 0xffff;
const MESSAGES_MAX = 24;
/** As of a stream that is told of to its owner, in whole blocks. */
const SIDE_PIXELS_MAX = 16_896;
const KINDS = ['skip', 'keyframe', 'skip', 'skip', 'keyframe', 'keyframe'] as const;

/**
 * Flags, then pieces: the configuration, the sound's, a slate where there is one, and the messages
 * since the last keyframe with a byte of time before each.
 */
function judge(input: Buffer): string {
  const choices = new Choices(input);
  const hasSlate = choices.flag();
  const headers: StillMessage[] = [
    { typeId: VIDEO, body: choices.piece(PIECE_BYTES_MAX) },
    { typeId: AUDIO, body: choices.piece() },
  ];
  const slate = hasSlate ? choices.piece(PIECE_BYTES_MAX) : undefined;
  const gop: (StillMessage & { readonly timestampMs: number })[] = [];
  let timestampMs = 0;
  while (!choices.isEmpty && gop.length < MESSAGES_MAX) {
    timestampMs += choices.byte();
    const body = choices.piece(PIECE_BYTES_MAX);
    const typeId = body[0] === 0xaf ? AUDIO : VIDEO;
    gop.push({ typeId, timestampMs, body });
    isCleanEntry(typeId, body);
  }
  const coding = slateCoding(headers);
  if (typeof coding !== 'string') {
    const { codedWidth, codedHeight, width, height } = coding;
    must(width <= codedWidth && height <= codedHeight, 'what is shown is coded');
    must(Math.max(codedWidth, codedHeight) <= SIDE_PIXELS_MAX, 'a slate is of a size that may be');
    if (slate !== undefined) slateFault(headers, slate);
  }
  const still = makeStill({ headers, gop }, slate);
  for (const [index, kind] of KINDS.entries()) {
    const body = still.video(kind, timestampMs + index * 40);
    must((body.length === 0) === (still.picture === 'none'), 'a picture has bytes');
  }
  must(still.frameMs > 0 === (still.picture !== 'none'), 'a picture has its pace');
  must(still.audio().length > 0 === (still.sound !== 'none'), 'silence has bytes');
  must(still.soundMs > 0 === (still.sound !== 'none'), 'silence has its pace');
  must(Number.isFinite(still.frameMs + still.keyframeMs + still.soundMs), 'paces are numbers');
  must(still.reason.length <= 300, 'a reason is a sentence');
  return `${still.picture} ${still.sound} ${still.reason}`;
}

export const STILL: readonly FuzzTarget[] = [
  { name: 'still', ground: ['libs/still/', 'libs/flv/'], seeds: [], batch: 64, run: judge },
];

import type { SpliceRun } from '#testing';

/** So many pictures in a row of the strip. */
export const ROW_FRAMES = 6;
const PICTURE_PIXELS = 320;
const BORDER_PIXELS = 12;
const COLOURS = ['lime', 'orange', 'deepskyblue', 'violet'] as const;

/** One picture of the strip. */
export interface StripFrame {
  /** Its place in the recording, counted from 0. */
  readonly index: number;
  readonly colour: string;
  /** What it is, in words. */
  readonly caption: string;
}

/**
 * A row for each run of a recording: the first run's last pictures, those of each one after it from
 * its beginning, and of a picture that was held the first and the last. A run that is shorter than
 * a row gives none.
 */
export function stripOf(runs: readonly SpliceRun[]): StripFrame[] {
  const frames: StripFrame[] = [];
  let index = 0;
  let row = 0;
  for (const run of runs) {
    if (run.frames >= ROW_FRAMES) {
      const colour = COLOURS[row % COLOURS.length] ?? COLOURS[0];
      for (const place of placesOf(run, row === 0)) {
        frames.push({ index: index + place, colour, caption: captionOf(run, place) });
      }
      row += 1;
    }
    index += run.frames;
  }
  return frames;
}

function placesOf(run: SpliceRun, isFirst: boolean): number[] {
  const places = Array.from({ length: ROW_FRAMES }, (_, place) => place);
  const atEnd = (place: number): number => run.frames - ROW_FRAMES + place;
  if (isFirst) return places.map(atEnd);
  if (run.kind === 'source') return places;
  return places.map((place) => (place < ROW_FRAMES / 2 ? place : atEnd(place)));
}

function captionOf(run: SpliceRun, place: number): string {
  if (run.kind === 'held') return `frame ${run.frame} of ${run.source}, held, ${place + 1}`;
  const isAtEnd = place >= run.frames - ROW_FRAMES;
  const frame = isAtEnd ? run.last - (run.frames - 1 - place) : run.frame + place;
  return `frame ${frame} of ${run.source}`;
}

/** What tells ffmpeg to choose the pictures, to frame each run's in its colour, and to set rows. */
export function stripFilter(frames: readonly StripFrame[]): string {
  const at = ({ index }: StripFrame): string => `eq(n,${index})`;
  const colours = [...new Set(frames.map(({ colour }) => colour))];
  // Behind `select` a picture's number is its place in the strip.
  const borders = colours.map((colour) => {
    const places = frames.flatMap((frame, place) => (frame.colour === colour ? [place] : []));
    const when = places.map((place) => `eq(n,${place})`).join('+');
    return `drawbox=color=${colour}:thickness=${BORDER_PIXELS}:enable='${when}'`;
  });
  return [
    `select='${frames.map(at).join('+')}'`,
    `scale=${PICTURE_PIXELS}:-2`,
    ...borders,
    `tile=${ROW_FRAMES}x${Math.ceil(frames.length / ROW_FRAMES)}`,
  ].join(',');
}

import { REORDERED_FRAMES_MAX } from './recording-check.ts';

/** A file that an encoder has sent, by the hashes of its pictures. */
export interface SpliceSource {
  readonly name: string;
  readonly hashes: readonly string[];
  /** Every so many frames is a keyframe, from the first on. */
  readonly gopFrames: number;
}

/** What a recording shows, one after the other. */
export interface SpliceRun {
  /** `source`: frames as they were sent; `held`: one picture, again and again. */
  readonly kind: 'source' | 'held';
  readonly source: string;
  /** The first, or the one that is held. */
  readonly frame: number;
  /** The last; between them all but B-frames right before the last, where an encoder was cut. */
  readonly last: number;
  /** How many there are. */
  readonly frames: number;
}

interface Place {
  readonly source: SpliceSource;
  readonly frame: number;
}

interface OpenRun extends Place {
  readonly kind: SpliceRun['kind'];
  last: number;
  frames: number;
}

/**
 * Reads a recording of several encoders, or of one that came back, picture by picture. Throws with
 * a sentence unless each picture is one of a source, follows the one before it, holds one of the
 * last pictures that were seen, or is a keyframe.
 */
export function matchSplices(
  recording: readonly string[],
  sources: readonly SpliceSource[],
): SpliceRun[] {
  const places = placesOf(sources);
  const runs: OpenRun[] = [];
  for (const [index, hash] of recording.entries()) {
    const place = places.get(hash);
    if (place === undefined) throw new Error(`frame ${index} of the recording is of no source`);
    const run = runs.at(-1);
    if (run !== undefined && goesOn(run, place)) extend(run, place);
    else if (run !== undefined && isSeen(run, place)) runs.push(open('held', place));
    else if (isKeyframe(place)) runs.push(open('source', place));
    else if (run !== undefined && isCutWhileReordering(recording.slice(index), run, places)) {
      extend(run, place);
    } else {
      const after = run === undefined ? 'nothing' : say({ ...run, frame: run.last });
      throw new Error(
        `frame ${index} of the recording is ${say(place)}, which is no keyframe, after ${after}`,
      );
    }
  }
  return merged(runs).map(({ source, ...run }) => ({ ...run, source: source.name }));
}

function placesOf(sources: readonly SpliceSource[]): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const source of sources) {
    for (const [frame, hash] of source.hashes.entries()) {
      if (places.has(hash)) throw new Error(`${say({ source, frame })} is not there only once`);
      places.set(hash, { source, frame });
    }
  }
  return places;
}

function open(kind: OpenRun['kind'], place: Place): OpenRun {
  return { ...place, kind, last: place.frame, frames: 1 };
}

function extend(run: OpenRun, { frame }: Place): void {
  run.last = frame;
  run.frames += 1;
}

const say = ({ source, frame }: Place): string => `frame ${frame} of ${source.name}`;

const isKeyframe = ({ source, frame }: Place): boolean => frame % source.gopFrames === 0;

function goesOn(run: OpenRun, { source, frame }: Place): boolean {
  if (run.source !== source) return false;
  return frame === (run.kind === 'held' ? run.frame : run.last + 1);
}

/** What is held is the last picture decoded, which need not be the last one shown. */
function isSeen(run: OpenRun, { source, frame }: Place): boolean {
  if (run.kind === 'held' || run.source !== source) return false;
  return frame <= run.last && frame >= Math.max(run.frame, run.last - REORDERED_FRAMES_MAX);
}

/**
 * Whether later frames are here already, and the B-frames before them will never come: the run ends
 * with them.
 */
function isCutWhileReordering(
  rest: readonly string[],
  run: OpenRun,
  places: ReadonlyMap<string, Place>,
): boolean {
  const due = run.last + 1;
  const isEarly = (place: Place | undefined): boolean =>
    run.kind === 'source' &&
    place?.source === run.source &&
    place.frame > due &&
    place.frame <= due + REORDERED_FRAMES_MAX;
  const distinct = rest.filter((hash, index) => hash !== rest[index - 1]);
  const after = distinct.findIndex((hash) => !isEarly(places.get(hash)));
  const early = after < 0 ? distinct.length : after;
  const next = places.get(distinct[early] ?? '');
  return early > 0 && (next === undefined || isKeyframe(next));
}

/** Whether the keyframe of a picture that is held comes again. */
function repeats(held: OpenRun, { source, frame }: Place): boolean {
  const keyframe = held.frame - (held.frame % source.gopFrames);
  return held.kind === 'held' && held.source === source && frame === keyframe;
}

/** A keyframe that is held instead of shown once begins no run of its source. */
function merged(runs: readonly OpenRun[]): OpenRun[] {
  const result: OpenRun[] = [];
  for (const [index, run] of runs.entries()) {
    const last = result.at(-1);
    const next = runs[index + 1];
    const isHeld = next?.kind === 'held' && next.frame === run.frame;
    const isOnce = run.frames === 1 && (isHeld || (last !== undefined && repeats(last, run)));
    const shown: OpenRun = isOnce ? { ...run, kind: 'held' } : { ...run };
    if (last?.kind === 'held' && shown.kind === 'held' && goesOn(last, shown)) {
      last.frames += shown.frames;
    } else result.push(shown);
  }
  return result;
}

import { runToEnd } from './running-program.ts';

/**
 * A decoder of sound needs the frame before: its first frames after a join are not the source's.
 */
const AUDIO_WARM_UP_FRAMES = 2;
/**
 * B-frames come after the frame that they precede on the screen; a recording may end in between.
 */
export const REORDERED_FRAMES_MAX = 2;

export type Medium = 'video' | 'audio';

export interface RecordingMatch {
  /** Index in the source of the first frame that the recording shows. */
  readonly firstFrame: number;
  readonly frames: number;
}

/**
 * The md5 of each decoded frame of a file, in the order of presentation, in the size that it has.
 * Throws if ffmpeg complains.
 */
export async function frameHashes(file: string, medium: Medium): Promise<string[]> {
  const map =
    medium === 'video'
      ? ['-autoscale', '0', '-fps_mode', 'passthrough', '-map', '0:v:0']
      : ['-map', '0:a:0'];
  const parameters = ['-nostdin', '-v', 'error', '-i', file, ...map, '-f', 'framemd5', '-'];
  const { stdout, stderr } = await runToEnd('ffmpeg', parameters);
  if (stderr.trim() !== '') throw new Error(`${file} does not decode cleanly: ${stderr.trim()}`);
  return stdout
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(',').at(-1)?.trim() ?? '');
}

/**
 * Finds the recording in the source. Throws with a sentence unless its decoded frames are those of
 * the source, every one, from the first to the last that it has.
 */
export function matchFrames(
  source: readonly string[],
  recording: readonly string[],
  medium: Medium,
): RecordingMatch {
  const warmUp = medium === 'audio' ? AUDIO_WARM_UP_FRAMES : 0;
  const frames = recording.slice(warmUp);
  const [first] = frames;
  if (first === undefined) throw new Error(`the recording has no ${medium}`);
  const start = source.indexOf(first);
  if (start < 0) throw new Error(`the recording's first ${medium} frame is none of the source's`);
  const wrong = frames.findIndex((hash, index) => hash !== source[start + index]);
  if (wrong >= 0 && !isCutWhileReordering(source, frames, { start, wrong, medium })) {
    const place = source.indexOf(frames[wrong] ?? '');
    const instead = place < 0 ? 'a frame the source does not have' : `source frame ${place}`;
    throw new Error(
      `${medium} frame ${warmUp + wrong} of ${recording.length} of the recording is ${instead}, ` +
        `not source frame ${start + wrong}`,
    );
  }
  return { firstFrame: start - warmUp, frames: recording.length };
}

/**
 * Whether all that is amiss is the recording's very end: later frames there, B-frames before them
 * not yet.
 */
function isCutWhileReordering(
  source: readonly string[],
  frames: readonly string[],
  place: { readonly start: number; readonly wrong: number; readonly medium: Medium },
): boolean {
  const rest = frames.slice(place.wrong);
  if (place.medium === 'audio' || rest.length > REORDERED_FRAMES_MAX) return false;
  return rest.every((hash, index) => {
    const due = place.start + place.wrong + index;
    return source.slice(due + 1, due + 1 + REORDERED_FRAMES_MAX).includes(hash);
  });
}

export interface Packet {
  readonly stream: number;
  readonly dtsMs: number;
  readonly isKeyframe: boolean;
}

/** Every packet of a file in file order. Throws if ffprobe reports an error. */
export async function probePackets(file: string): Promise<Packet[]> {
  const entries = ['-show_entries', 'packet=stream_index,dts_time,flags', '-of', 'csv=p=0'];
  const { stdout, stderr } = await runToEnd('ffprobe', ['-v', 'error', ...entries, file]);
  if (stderr.trim() !== '') throw new Error(`ffprobe on ${file}: ${stderr.trim()}`);
  return stdout
    .split('\n')
    .filter((line) => line.includes(','))
    .map((line) => {
      const [stream, dts, flags = ''] = line.split(',');
      return {
        stream: Number(stream),
        dtsMs: Math.round(Number(dts) * 1000),
        isKeyframe: flags.startsWith('K'),
      };
    });
}

/** Throws with a sentence unless each track's timestamps rise with every packet. */
export function assertRisingTimestamps(packets: readonly Packet[]): void {
  const last = new Map<number, number>();
  for (const [index, { stream, dtsMs }] of packets.entries()) {
    const before = last.get(stream) ?? -1;
    if (dtsMs <= before || Number.isNaN(dtsMs)) {
      throw new Error(`packet ${index} of track ${stream} is at ${dtsMs} ms, after ${before} ms`);
    }
    last.set(stream, dtsMs);
  }
}

/**
 * Throws with ffmpeg's own words unless it decodes the whole file without a fault and without a
 * warning.
 */
export async function assertDecodes(file: string): Promise<void> {
  const strict = ['-nostdin', '-hide_banner', '-v', 'warning', '-xerror'];
  // With several threads ffmpeg keeps most faults of a frame to itself.
  const decode = ['-err_detect', 'explode', '-threads', '1', '-i', file];
  // Times in milliseconds, as FLV has them: counted in frames, two of them may round to one.
  const nowhere = ['-enc_time_base', '-1', '-f', 'null', '-'];
  const { stderr } = await runToEnd('ffmpeg', [...strict, ...decode, ...nowhere]);
  if (stderr.trim() !== '') throw new Error(`${file} does not decode silently: ${stderr.trim()}`);
}

/** From the first packet of any track to the last. */
export function mediaLengthMs(packets: readonly Packet[]): number {
  const times = packets.map(({ dtsMs }) => dtsMs);
  return Math.max(...times) - Math.min(...times);
}

/** The longest time for which no packet of any track comes. */
export function longestPauseMs(packets: readonly Packet[]): number {
  const times = packets.map(({ dtsMs }) => dtsMs).toSorted((one, other) => one - other);
  const steps = times.map((time, index) => time - (times[index - 1] ?? time));
  return Math.max(0, ...steps);
}

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runToEnd } from './running-program.ts';

const SMALL = '640x360';

/** What tells two sources apart. Each has every picture and every sound but once. */
interface Recipe {
  readonly size: string;
  readonly bitrate: string;
  /** Filters over the picture, after `format=yuv420p`. */
  readonly picture: string;
  readonly firstHertz: number;
  readonly seconds: number;
}

const RECIPES = {
  /** 640×360, a minute. */
  plain: { size: SMALL, bitrate: '1500k', picture: '', firstHertz: 200, seconds: 60 },
  /** The same settings, and so the same parameter sets; grey pictures, and other sounds. */
  other: {
    size: SMALL,
    bitrate: '1500k',
    picture: ',hue=s=0',
    firstHertz: 900,
    seconds: 30,
  },
  /** 1280×720: other parameter sets. */
  large: { size: '1280x720', bitrate: '2500k', picture: '', firstHertz: 500, seconds: 16 },
} as const satisfies Readonly<Record<string, Recipe>>;

/** Of each source: frames a second, and frames from one keyframe to the next. */
export const SOURCE_RATE = { framesPerSecond: 30, gopFrames: 60 } as const;

/** A keyframe every 2 s, B-frames, stereo: as an encoder such as OBS sends it. */
function encodingOf({ size, bitrate, picture, firstHertz }: Recipe): string[] {
  const { framesPerSecond, gopFrames } = SOURCE_RATE;
  const sound = `0.4*sin(2*PI*(${firstHertz}+37*t)*t)`;
  return [
    ...['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${framesPerSecond}`],
    ...['-f', 'lavfi', '-i', `aevalsrc='${sound}|${sound}':sample_rate=48000`],
    ...['-vf', `format=yuv420p${picture}`],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-b:v', bitrate],
    ...['-g', `${gopFrames}`, '-keyint_min', `${gopFrames}`, '-sc_threshold', '0', '-bf', '2'],
    ...['-threads', '1', '-c:a', 'aac', '-aac_pns', '0', '-b:a', '128k'],
    ...['-fflags', '+bitexact', '-flags', '+bitexact'],
  ];
}

/** An H.264/AAC file in FLV, made on first use and kept for the next run. Needs ffmpeg. */
export async function mediaSource(variant: keyof typeof RECIPES = 'plain'): Promise<string> {
  const recipe = RECIPES[variant];
  const parameters = [...encodingOf(recipe), '-t', `${recipe.seconds}`];
  const name = createHash('sha256').update(parameters.join(' ')).digest('hex').slice(0, 16);
  const directory = join(tmpdir(), 'forkcast-media');
  const file = join(directory, `${name}.flv`);
  if (existsSync(file)) return file;
  await mkdir(directory, { recursive: true });
  const unfinished = join(directory, `${name}-${process.pid}.flv`);
  await runToEnd('ffmpeg', ['-v', 'error', '-y', ...parameters, unfinished]);
  await rename(unfinished, file);
  return file;
}

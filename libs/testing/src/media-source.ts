import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runToEnd } from './running-program.ts';

/** 640×360, 30 fps, a keyframe every 2 s, B-frames; no two pictures and no two sounds are alike. */
const ENCODING = [
  ...['-f', 'lavfi', '-i', 'testsrc2=size=640x360:rate=30'],
  ...['-f', 'lavfi', '-i', "aevalsrc='0.4*sin(2*PI*(200+37*t)*t)':sample_rate=48000"],
  ...['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-b:v', '1500k'],
  ...['-g', '60', '-keyint_min', '60', '-sc_threshold', '0', '-bf', '2', '-threads', '1'],
  ...['-c:a', 'aac', '-b:a', '128k'],
  ...['-fflags', '+bitexact', '-flags', '+bitexact'],
];

const SOURCE_SECONDS = 60;

/** An H.264/AAC file in FLV, made on first use and kept for the next run. Needs ffmpeg. */
export async function mediaSource(): Promise<string> {
  const recipe = createHash('sha256').update(ENCODING.join(' ')).update(`${SOURCE_SECONDS}`);
  const directory = join(tmpdir(), 'forkcast-media');
  const file = join(directory, `${recipe.digest('hex').slice(0, 16)}.flv`);
  if (existsSync(file)) return file;
  await mkdir(directory, { recursive: true });
  const unfinished = join(directory, `${process.pid}.flv`);
  const length = ['-t', `${SOURCE_SECONDS}`];
  await runToEnd('ffmpeg', ['-v', 'error', '-y', ...ENCODING, ...length, unfinished]);
  await rename(unfinished, file);
  return file;
}

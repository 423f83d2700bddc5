import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunningProgram } from '#testing';

/** Pictures of each source, 30 a second; the second keyframe is at picture 30. */
export const PICTURES = 45;

/** How x264 is to encode them. */
export interface Encoding {
  readonly size?: string;
  readonly pixels?: string;
  readonly options?: readonly string[];
  readonly x264?: string;
}

/** No two of its pictures are alike. An FLV file, kept for the next run. */
export async function encodedFlv(encoding: Encoding): Promise<Buffer> {
  const { size = '320x180', pixels = 'yuv420p', options = [], x264 } = encoding;
  return encodedFile('flv', [
    ...['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=30`],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-threads', '1', '-pix_fmt', pixels],
    ...['-g', '30', '-keyint_min', '30', '-sc_threshold', '0', ...options],
    ...(x264 === undefined ? [] : ['-x264-params', x264]),
    ...['-frames:v', `${PICTURES}`],
  ]);
}

/** What ffmpeg makes of these parameters, kept for the next run. */
export async function encodedFile(format: string, parameters: readonly string[]): Promise<Buffer> {
  const whole = [...parameters, '-f', format];
  const name = createHash('sha256').update(whole.join(' ')).digest('hex').slice(0, 16);
  const directory = join(tmpdir(), 'forkcast-media');
  const file = join(directory, `${name}.${format}`);
  if (!existsSync(file)) {
    await mkdir(directory, { recursive: true });
    const unfinished = join(directory, `${name}-${process.pid}.${format}`);
    await ffmpegOutput(['-v', 'error', '-y', ...whole, unfinished]);
    await rename(unfinished, file);
  }
  return readFile(file);
}

/** Of every byte that ffmpeg decodes; it must take them all in silence. */
const STRICT = ['-v', 'warning', '-xerror', '-err_detect', 'explode', '-threads', '1'];

/** The md5 of each picture as it is shown. Throws with ffmpeg's words if it says any. */
export async function decodedPictures(
  file: string,
  filters: readonly string[] = ['null'],
): Promise<string[]> {
  const filter = ['-vf', filters.join(',')];
  const input = ['-i', file, '-map', '0:v:0', '-fps_mode', 'passthrough', ...filter];
  const text = await ffmpegOutput([...STRICT, ...input, '-f', 'framemd5', '-']);
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(',').at(-1)?.trim() ?? '');
}

/** Decodes the sound of `file` into 32-bit floats. Throws with ffmpeg's words if it says any. */
export async function decodedSound(file: string): Promise<Float32Array> {
  const raw = `${file}.f32`;
  await ffmpegOutput([...STRICT, '-i', file, '-map', '0:a:0', '-f', 'f32le', raw]);
  const { buffer, byteOffset, byteLength } = await readFile(raw);
  return new Float32Array(buffer, byteOffset, byteLength / 4);
}

async function ffmpegOutput(parameters: readonly string[]): Promise<string> {
  const ffmpeg = new RunningProgram('ffmpeg', ['-nostdin', ...parameters]);
  const { code } = await ffmpeg.ended;
  if (code !== 0 || ffmpeg.stderr !== '') throw new Error(`ffmpeg: ${ffmpeg.stderr}`);
  return ffmpeg.stdout;
}

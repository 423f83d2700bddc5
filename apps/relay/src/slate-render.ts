import { spawn, type ChildProcess } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { CodedError, type Timers } from '#kernel';
import { SLATE_BYTES_MAX, type SlateCoding } from '#still';

/** A picture takes less than a second; a machine that is busy with streams, some more. */
export const RENDER_MS_MAX = 20_000;
/** What the helper says of its fault is shown, but not all of it. */
const WORDS_LENGTH_MAX = 200;
/** Sides of a picture are checked where it is uploaded; this is for one that lies about them. */
const PIXELS_MAX = 8_192 * 8_192;
/** As fine as a keyframe every few seconds may be. */
const QUANTISER = 26;
/** Streams as high as this have the colours of HDTV. */
const HD_HEIGHT = 720;

/** A picture of the owner's, as it was uploaded. */
export interface SlateImage {
  readonly mime: 'image/png' | 'image/jpeg';
  readonly bytes: Uint8Array;
}

export interface SlateHelper {
  readonly program: string;
  /** Where it is looked for, as `PATH` has it. */
  readonly path: string | undefined;
}

export type RenderFault =
  'SLATE_HELPER_FAILED' | 'SLATE_HELPER_LATE' | 'SLATE_HELPER_MISSING' | 'SLATE_TOO_LARGE';

/**
 * Codes a picture with ffmpeg and x264, as `coding` has it: one IDR of one slice, as a byte stream
 * with its parameter sets. Rejects with a RenderFault.
 */
export function renderSlate(
  { program, path }: SlateHelper,
  image: SlateImage,
  coding: SlateCoding,
  timers: Timers,
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    // What decodes a stranger's picture is given none of our secrets.
    const env = path === undefined ? {} : { PATH: path };
    const helper = spawn(program, helperArguments(image.mime, coding), { stdio: 'pipe', env });
    const parts: Buffer[] = [];
    let bytes = 0;
    let words = '';
    const fail = (code: RenderFault, message: string, cause?: unknown): void => {
      cancelDeadline();
      helper.kill('SIGKILL');
      reject(new CodedError(code, message, { cause }));
    };
    const cancelDeadline = timers.after(RENDER_MS_MAX, () =>
      fail('SLATE_HELPER_LATE', `ffmpeg took longer than ${RENDER_MS_MAX / 1_000} s`),
    );
    helper.on('error', (cause) => fail('SLATE_HELPER_MISSING', 'ffmpeg cannot be started', cause));
    helper.stdout.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes > SLATE_BYTES_MAX) fail('SLATE_TOO_LARGE', 'the coded picture is too large');
      else parts.push(part);
    });
    helper.stderr.on('data', (part: Buffer) => {
      words = (words + part.toString('latin1')).slice(0, WORDS_LENGTH_MAX);
    });
    helper.on('close', (code) => {
      if (code !== 0) fail('SLATE_HELPER_FAILED', `ffmpeg failed: ${lineOf(words)}`);
      cancelDeadline();
      resolve(Buffer.concat(parts));
    });
    // A helper that has ended reads no more, and its end says why.
    helper.stdin.on('error', () => undefined);
    helper.stdin.end(image.bytes);
    yieldTo(helper);
  });
}

/** Streams come first. */
function yieldTo({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended already, or the system lets nobody wait for others: it is brief anyway.
  }
}

function lineOf(words: string): string {
  const line = words.replaceAll(/[^\u0020-\u007e]+/g, ' ').trim();
  return line === '' ? 'it says nothing' : line;
}

const pixels: Readonly<Record<SlateCoding['chromaFormat'], string>> = {
  1: 'yuv420p',
  2: 'yuv422p',
  3: 'yuv444p',
};

function helperArguments(mime: SlateImage['mime'], coding: SlateCoding): readonly string[] {
  const { width, height, codedWidth, codedHeight, bitDepth, chromaFormat } = coding;
  const matrix = height >= HD_HEIGHT ? 'bt709' : 'smpte170m';
  const format = `${pixels[chromaFormat]}${bitDepth === 10 ? '10le' : ''}`;
  const filters = [
    'format=rgb24',
    `scale=${width}:${height}:force_original_aspect_ratio=decrease:` +
      `out_range=tv:out_color_matrix=${matrix}`,
    `format=${format}`,
    `pad=${width}:${height}:-1:-1`,
    // Blocks at the right and below that are coded but not shown.
    `pad=${codedWidth}:${codedHeight}:0:0`,
  ];
  const x264 = [
    ...[`qp=${QUANTISER}`, 'aq-mode=0', 'psy=0', 'keyint=1', 'slices=1', 'threads=1'],
    ...['interlaced=0', 'cqm=flat', 'deblock=0,0', `chroma-qp-offset=${coding.chromaOffset}`],
    ...[`cabac=${coding.isArithmetic ? 1 : 0}`, `8x8dct=${coding.hasLargeTransform ? 1 : 0}`],
  ];
  return [
    ...['-v', 'error', '-nostdin', '-threads', '1', '-max_pixels', `${PIXELS_MAX}`],
    ...['-f', mime === 'image/png' ? 'png_pipe' : 'jpeg_pipe', '-i', 'pipe:0'],
    ...['-frames:v', '1', '-vf', filters.join(','), '-c:v', 'libx264'],
    ...['-x264-params', x264.join(':').replace('0,0', '0\\,0'), '-f', 'h264', 'pipe:1'],
  ];
}

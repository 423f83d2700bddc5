import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAudio } from '#flv';
import { makeStill } from '#still';
import type { Still } from '#still';
import { temporaryDirectory } from '#testing';
import { decodedPictures, decodedSound, encodedFile, PICTURES } from './encoded-pictures.ts';
import { readFlv, writeFlv } from './flv-file.ts';
import type { FlvTag } from './flv-file.ts';

const AUDIO = 8;
const VIDEO = 9;
/** Pictures of which the encoder has sent when it goes away; a keyframe is every 30th. */
const CUT = 38;
const KEYFRAME = 30;
const REPEATS = 3;

const pictures = ['-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=30', '-pix_fmt', 'yuv420p'];
const length = ['-g', `${KEYFRAME}`, '-frames:v', `${PICTURES}`];

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;

beforeAll(async () => {
  directory = await temporaryDirectory();
});

afterAll(() => directory.remove());

/** Repeats of a still, which must be whole keyframes of its own codec. */
function repeatsOf(still: Still, fourCc: string): readonly Buffer[] {
  expect(still).toMatchObject({ picture: 'keyframe', frameMs: 1000, keyframeMs: 1000 });
  expect(still.reason).toContain('its keyframe can');
  return Array.from({ length: REPEATS }, (_, index) => {
    const kind = index === 0 ? 'skip' : 'keyframe';
    const body = Buffer.from(still.video(kind, 2000 + index * 1000));
    expect(body.subarray(0, 5)).toEqual(Buffer.concat([Buffer.of(0x91), Buffer.from(fourCc)]));
    return body;
  });
}

/** Decodes what stands in `name`: the cut start, repeats of the keyframe, and the whole source. */
async function expectRepeats(name: string, file: Buffer): Promise<void> {
  const path = join(directory.path, name);
  await writeFile(path, file);
  const decoded = await decodedPictures(path);
  expect(decoded.length).toBe(CUT + REPEATS + PICTURES);
  const whole = decoded.slice(-PICTURES);
  expect(new Set(whole).size).toBe(PICTURES);
  const shown = decoded.slice(CUT, CUT + REPEATS).map((hash) => whole.indexOf(hash));
  expect(shown).toEqual(shown.map(() => shown[0]));
  expect(shown[0]).toBeGreaterThanOrEqual(KEYFRAME);
}

describe('HEVC', () => {
  const START = Buffer.from('00000001', 'hex');
  const DELIMITER = 35;
  const typeOf = (unit: Buffer): number => (unit.readUInt8(0) >> 1) & 0x3f;

  /** The units of a byte stream, H.265 annex B. */
  function unitsOf(stream: Buffer): Buffer[] {
    const text = stream.toString('latin1');
    const units = text.split(/\0*\0\0\u0001/u).slice(1);
    return units.map((unit) => Buffer.from(unit, 'latin1'));
  }

  function accessUnits(stream: Buffer): Buffer[][] {
    const found: Buffer[][] = [];
    for (const unit of unitsOf(stream)) {
      if (typeOf(unit) === DELIMITER) found.push([]);
      found.at(-1)?.push(unit);
    }
    return found;
  }

  const isEntry = (units: readonly Buffer[]): boolean =>
    units.some((unit) => typeOf(unit) >= 16 && typeOf(unit) <= 21);

  function bodyOf(units: readonly Buffer[]): Buffer {
    const head = Buffer.of(isEntry(units) ? 0x91 : 0xa1);
    const parts = units.flatMap((unit) => {
      const size = Buffer.alloc(4);
      size.writeUInt32BE(unit.length);
      return [size, unit];
    });
    return Buffer.concat([head, Buffer.from('hvc1'), Buffer.alloc(3), ...parts]);
  }

  function streamOf(body: Buffer): Buffer {
    const parts: Buffer[] = [];
    for (let at = 8; at < body.length;) {
      const end = at + 4 + body.readUInt32BE(at);
      parts.push(START, body.subarray(at + 4, end));
      at = end;
    }
    return Buffer.concat(parts);
  }

  it.each([
    ['closed groups', 'open-gop=0'],
    ['open groups', 'open-gop=1'],
  ])('%s: the keyframe again and again', async (_, groups) => {
    const options = `${groups}:aud=1:bframes=3:scenecut=0:log-level=none`;
    const encoder = ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', options];
    const source = await encodedFile('hevc', [...pictures, ...encoder, ...length]);
    const frames = accessUnits(source).map((units, index) => {
      return { typeId: VIDEO, timestampMs: index * 33, body: bodyOf(units), units };
    });
    const before = frames.slice(0, CUT);
    const gop = before.slice(before.findLastIndex(({ units }) => isEntry(units)));
    const repeats = repeatsOf(makeStill({ headers: [], gop }), 'hvc1');
    const bodies = [...before.map(({ body }) => body), ...repeats];
    const stream = [...bodies, ...frames.map(({ body }) => body)].map(streamOf);
    await expectRepeats(`${groups}.hevc`, Buffer.concat(stream));
  });
});

describe('AV1', () => {
  const IVF_HEADER_BYTES = 32;
  const FRAME_HEADER_BYTES = 12;

  it('the keyframe again and again', async () => {
    const encoder = ['-c:v', 'libaom-av1', '-usage', 'realtime', '-cpu-used', '8'];
    const source = await encodedFile('ivf', [...pictures, ...encoder, ...length]);
    const frames: FlvTag[] = [];
    for (let at = IVF_HEADER_BYTES; at < source.length;) {
      const end = at + FRAME_HEADER_BYTES + source.readUInt32LE(at);
      const head = Buffer.of(frames.length % KEYFRAME === 0 ? 0x91 : 0xa1);
      const body = [head, Buffer.from('av01'), source.subarray(at + FRAME_HEADER_BYTES, end)];
      const timestampMs = frames.length * 33;
      frames.push({ typeId: VIDEO, timestampMs, body: Buffer.concat(body) });
      at = end;
    }
    const before = frames.slice(0, CUT);
    const still = makeStill({ headers: [], gop: before.slice(KEYFRAME) });
    const bodies = [...before.map(({ body }) => body), ...repeatsOf(still, 'av01')];
    const ivf = [...bodies, ...frames.map(({ body }) => body)].map((body, index) => {
      const header = Buffer.alloc(FRAME_HEADER_BYTES);
      header.writeUInt32LE(body.length - 5);
      header.writeUInt32LE(index, 4);
      return Buffer.concat([header, body.subarray(5)]);
    });
    await expectRepeats('held.ivf', Buffer.concat([source.subarray(0, IVF_HEADER_BYTES), ...ivf]));
  });
});

describe('AAC', () => {
  const FRAMES = 40;

  const header = (config: string): FlvTag => {
    return { typeId: AUDIO, timestampMs: 0, body: Buffer.from(`af00${config}`, 'hex') };
  };

  function silenceOf(still: Still, startMs: number): FlvTag[] {
    expect(still).toMatchObject({ sound: 'silence' });
    return Array.from({ length: FRAMES }, (_, index) => {
      const timestampMs = Math.round(startMs + index * still.soundMs);
      return { typeId: AUDIO, timestampMs, body: still.audio() };
    });
  }

  async function decode(tags: readonly FlvTag[]): Promise<Float32Array> {
    const path = join(directory.path, `${tags[0]?.body.toString('hex')}-${tags.length}.flv`);
    await writeFile(path, writeFlv(tags));
    return decodedSound(path);
  }

  it.each([
    ['mono', '1188', 1024],
    ['stereo', '1190', 2048],
    ['stereo at 44.1 kHz', '1210', 2048],
    ['three channels', '1198', 3 * 1024],
    ['four channels', '11a0', 4 * 1024],
    ['five channels', '11a8', 5 * 1024],
    ['5.1', '11b0', 6 * 1024],
    ['7.1', '11b8', 8 * 1024],
    ['HE-AAC', '2b118800', 4096],
    ['HE-AAC told behind its core', '131056e598', 4096],
    ['HE-AAC v2', 'eb098800', 4096],
  ])('%s: silence is silent, and as long as it says', async (_, config, samplesPerFrame) => {
    const head = header(config);
    const silence = silenceOf(makeStill({ headers: [head], gop: [] }), 0);
    const samples = await decode([head, ...silence]);
    expect(samples.length).toBe(FRAMES * samplesPerFrame);
    expect(samples.every((sample) => sample === 0)).toBe(true);
  });

  it('goes from sound to silence and back', async () => {
    const sine = ['-f', 'lavfi', '-i', 'sine=frequency=500:sample_rate=48000', '-ac', '2'];
    const encoder = ['-c:a', 'aac', '-b:a', '128k', '-t', '1'];
    const tags = readFlv(await encodedFile('flv', [...sine, ...encoder]));
    const sound = tags.filter(({ typeId }) => typeId === AUDIO);
    const headers = sound.filter(({ body }) => describeAudio(body).packet === 'config');
    const frames = sound.filter(({ body }) => describeAudio(body).packet === 'frames');
    const silence = silenceOf(makeStill({ headers, gop: [] }), 1100);
    const later = frames.map((tag) => ({ ...tag, timestampMs: tag.timestampMs + 3000 }));
    const samples = await decode([...headers, ...frames, ...silence, ...later]);
    const length = (2 * frames.length + FRAMES) * 2048;
    expect(samples.length).toBe(length);
    const middle = samples.subarray((frames.length + 1) * 2048, (frames.length + FRAMES) * 2048);
    expect(middle.every((sample) => Math.abs(sample) < 1e-6)).toBe(true);
    expect(samples.subarray(-20 * 2048).some((sample) => Math.abs(sample) > 0.05)).toBe(true);
  });
});

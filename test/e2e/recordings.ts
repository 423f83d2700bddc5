import { expect } from 'vitest';
import type { Packet, RecordingMatch, SpliceRun } from '#testing';
import {
  assertDecodes,
  assertRisingTimestamps,
  frameHashes,
  matchFrames,
  matchSplices,
  mediaSource,
  probePackets,
  SOURCE_RATE,
} from '#testing';

export type Variant = NonNullable<Parameters<typeof mediaSource>[0]>;

/**
 * Holds a recording against the source: every decoded frame equals the source's, it begins with a
 * keyframe, ffprobe finds nothing wrong and timestamps rise. Gives which frames of the source the
 * picture shows.
 */
export async function checkRecording(recording: string, source: string): Promise<RecordingMatch> {
  const packets = await probePackets(recording);
  assertRisingTimestamps(packets);
  const [audio, sourceAudio] = await Promise.all([
    frameHashes(recording, 'audio'),
    frameHashes(source, 'audio'),
  ]);
  matchFrames(sourceAudio, audio, 'audio');
  const [video, sourceVideo] = await Promise.all([
    frameHashes(recording, 'video'),
    frameHashes(source, 'video'),
  ]);
  const match = matchFrames(sourceVideo, video, 'video');
  expect(match.firstFrame % SOURCE_RATE.gopFrames, 'begins with a keyframe').toBe(0);
  return match;
}

export interface SplicedRecording {
  readonly packets: readonly Packet[];
  readonly runs: readonly SpliceRun[];
}

/**
 * Holds a recording of several encoders, or of one that came back, against what they sent: ffmpeg
 * decodes it without a word, timestamps rise, and each picture is one of theirs, joined at a
 * keyframe. Gives which pictures it shows, one after the other.
 */
export async function checkSpliced(
  recording: string,
  ...variants: readonly Variant[]
): Promise<SplicedRecording> {
  await assertDecodes(recording);
  const packets = await probePackets(recording);
  assertRisingTimestamps(packets);
  const sources = await Promise.all(variants.map((name) => spliceSource(name)));
  const runs = matchSplices(await frameHashes(recording, 'video'), sources);
  return { packets, runs };
}

const known = new Map<Variant, Promise<string[]>>();

async function spliceSource(name: Variant) {
  const hashes = known.get(name) ?? mediaSource(name).then((file) => frameHashes(file, 'video'));
  known.set(name, hashes);
  return { name, hashes: await hashes, gopFrames: SOURCE_RATE.gopFrames };
}

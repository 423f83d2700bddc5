import { expect } from 'vitest';
import type { RecordingMatch } from '#testing';
import { assertRisingTimestamps, frameHashes, matchFrames, probePackets } from '#testing';

const SOURCE_GOP_FRAMES = 60;

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
  expect(match.firstFrame % SOURCE_GOP_FRAMES, 'begins with a keyframe').toBe(0);
  return match;
}

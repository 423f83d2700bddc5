import { describe, expect, it } from 'vitest';
import { continuityOf } from './continuity.ts';
import {
  aacConfig,
  aacConfig44,
  avcConfig,
  hevcColorInfo,
  hevcConfig,
  metadata,
} from './sample-messages.fixture.ts';

const audio = (body: Buffer) => ({ typeId: 8, body });
const video = (body: Buffer) => ({ typeId: 9, body });

describe('an encoder after another', () => {
  const before = [audio(aacConfig), video(avcConfig())];

  it('goes on with the same configurations, whatever its metadata and their order', () => {
    const after = [{ typeId: 18, body: metadata('other') }, video(avcConfig()), audio(aacConfig)];
    expect(continuityOf(before, after)).toEqual({ kind: 'same', detail: '' });
    expect(continuityOf([], [])).toEqual({ kind: 'same', detail: '' });
  });

  it('has other parameters of the same codec', () => {
    expect(continuityOf(before, [audio(aacConfig44), video(avcConfig(40))])).toEqual({
      kind: 'parameters',
      detail:
        'picture: avc1 640×720 Constrained Baseline 3.0 → avc1 640×720 Constrained Baseline 3.0; ' +
        'sound: mp4a 48000 Hz → mp4a 44100 Hz',
    });
  });

  it('has a track less, or one more, which needs no other codec', () => {
    expect(continuityOf(before, [video(avcConfig())])).toEqual({
      kind: 'parameters',
      detail: 'sound: mp4a 48000 Hz → none',
    });
    expect(continuityOf([video(avcConfig())], before)).toMatchObject({ kind: 'parameters' });
  });

  it('has another codec, also where something else changes too', () => {
    const after = [audio(aacConfig44), video(hevcColorInfo()), video(hevcConfig())];
    expect(continuityOf(before, after)).toEqual({
      kind: 'codec',
      detail:
        'picture: avc1 640×720 Constrained Baseline 3.0 → hvc1; ' +
        'sound: mp4a 48000 Hz → mp4a 44100 Hz',
    });
  });
});

import type { PlatformFacts } from '../platform-facts.ts';
import { obsServices } from '../sources.ts';

export const soopGlobal: PlatformFacts = {
  id: 'soop-global',
  name: 'SOOP Global',
  servers: [{ url: 'rtmp://global-stream.sooplive.com/app', label: 'Default', region: 'anywhere' }],
  hosts: ['sooplive.com'],
  keyHelp: 'SOOP dashboard: copy the stream key.',
  keyUrl: 'https://www.sooplive.com/dashboard',
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  limits: {
    videoKbpsMax: 8_000,
    audioKbpsMax: 192,
    widthMax: 1920,
    heightMax: 1080,
    fpsMax: 60,
    keyframeSecondsWanted: 1,
    bFramesMax: 0,
    videoKbpsByMode: [
      { height: 1080, fps: 60, kbpsMax: 8_000 },
      { height: 1080, fps: 30, kbpsMax: 8_000 },
      { height: 720, fps: 60, kbpsMax: 4_000 },
      { height: 720, fps: 30, kbpsMax: 4_000 },
      { height: 540, fps: 60, kbpsMax: 2_000 },
      { height: 540, fps: 30, kbpsMax: 2_000 },
      { height: 360, fps: 60, kbpsMax: 1_000 },
      { height: 360, fps: 30, kbpsMax: 500 },
    ],
  },
  sources: [obsServices],
  verifiedOn: '2026-11-21',
};

import type { PlatformFacts } from '../platform-facts.ts';
import { obsServices } from '../sources.ts';

export const mixcloud: PlatformFacts = {
  id: 'mixcloud',
  name: 'Mixcloud',
  servers: [{ url: 'rtmp://rtmp.mixcloud.com/broadcast', label: 'Default', region: 'anywhere' }],
  hosts: ['mixcloud.com'],
  keyHelp: 'The live settings of your Mixcloud account show the stream key.',
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  limits: {
    videoKbpsMax: 6_000,
    audioKbpsMax: 320,
    widthMax: 1280,
    heightMax: 720,
    fpsMax: 30,
    keyframeSecondsWanted: 2,
  },
  sources: [obsServices],
  verifiedOn: '2026-11-21',
};

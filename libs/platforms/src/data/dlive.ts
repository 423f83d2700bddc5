import type { PlatformFacts } from '../platform-facts.ts';
import { obsServices } from '../sources.ts';

export const dlive: PlatformFacts = {
  id: 'dlive',
  name: 'DLive',
  servers: [{ url: 'rtmp://stream.dlive.tv/live', label: 'Default', region: 'anywhere' }],
  hosts: ['dlive.tv'],
  keyHelp: 'DLive Dashboard, Stream: copy the stream key.',
  keyLifetime: 'reusable',
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  limits: {
    videoKbpsMax: 6_000,
    audioKbpsMax: 160,
    keyframeSecondsWanted: 2,
  },
  sources: [obsServices],
  verifiedOn: '2026-11-21',
};

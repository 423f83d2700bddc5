import type { PlatformFacts } from '../platform-facts.ts';
import { obsServices } from '../sources.ts';

export const vrcdn: PlatformFacts = {
  id: 'vrcdn',
  name: 'VRCDN',
  servers: [{ url: 'rtmp://ingest.vrcdn.live/live', label: 'Nearest', region: 'anywhere' }],
  hosts: ['vrcdn.live'],
  keyHelp: 'Your VRCDN account shows the stream key.',
  keyUrl: 'https://vrcdn.live',
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  limits: {
    videoKbpsMax: 6_000,
    keyframeSecondsWanted: 1,
  },
  sources: [obsServices],
  verifiedOn: '2026-11-21',
};

import type { PlatformFacts } from '../platform-facts.ts';
import { obsServices } from '../sources.ts';

export const trovo: PlatformFacts = {
  id: 'trovo',
  name: 'Trovo',
  servers: [{ url: 'rtmp://livepush.trovo.live/live/', label: 'Default', region: 'anywhere' }],
  hosts: ['trovo.live'],
  keyHelp: 'Trovo Studio, My Channel, Stream settings: copy the stream key.',
  keyUrl: 'https://studio.trovo.live/mychannel/stream',
  keyLifetime: 'reusable',
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  limits: {
    videoKbpsMax: 9_000,
    audioKbpsMax: 160,
    keyframeSecondsWanted: 2,
  },
  sources: [obsServices],
  verifiedOn: '2026-11-21',
};

import type { PlatformFacts } from '../platform-facts.ts';
import { obsServices } from '../sources.ts';

export const bitmovin: PlatformFacts = {
  id: 'bitmovin',
  name: 'Bitmovin',
  servers: [
    { url: 'rtmp://live-input.bitmovin.com/streams', label: 'Default', region: 'anywhere' },
  ],
  hosts: ['live-input.bitmovin.com'],
  keyHelp: 'Bitmovin dashboard, Streams, Live: it shows the stream key.',
  keyUrl: 'https://bitmovin.com/dashboard/streams?streamsTab=LIVE',
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  limits: {
    keyframeSecondsWanted: 2,
  },
  sources: [obsServices],
  verifiedOn: '2026-11-21',
};

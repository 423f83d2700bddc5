import type { PlatformFacts } from '../platform-facts.ts';

export const cloudflareStream: PlatformFacts = {
  id: 'cloudflare-stream',
  name: 'Cloudflare Stream',
  servers: [{ url: 'rtmps://live.cloudflare.com:443/live/', label: 'Global', region: 'anywhere' }],
  hosts: ['live.cloudflare.com'],
  keyHelp: 'Cloudflare dashboard, Stream, Live inputs: copy the RTMPS key.',
  keyUrl: 'https://developers.cloudflare.com/stream/stream-live/start-stream-live/',
  keyLifetime: 'reusable',
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  limits: {
    videoKbpsMax: 12_000,
    keyframeSecondsMax: 10,
  },
  notes: ['Keyframes must be 2 to 10 seconds apart, and every group of pictures closed.'],
  sources: [
    {
      kind: 'documented',
      what: 'Cloudflare Stream: start a live stream',
      url: 'https://developers.cloudflare.com/stream/stream-live/start-stream-live/',
      readOn: '2026-11-21',
    },
  ],
  verifiedOn: '2026-11-21',
};

import type { PlatformFacts } from '../platform-facts.ts';

export const instagram: PlatformFacts = {
  id: 'instagram',
  name: 'Instagram Live',
  servers: [
    { url: 'rtmps://live-upload.instagram.com:443/rtmp/', label: 'Default', region: 'anywhere' },
  ],
  hosts: ['instagram.com'],
  keyHelp: 'Instagram on the web, Create, Live video: copy the stream key of this session.',
  keyLifetime: 'per-event',
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  limits: {
    videoKbpsMax: 6_000,
    audioKbpsMax: 256,
    keyframeSecondsWanted: 2,
    hoursMax: 4,
  },
  backupIngest: 'none',
  sources: [
    {
      kind: 'reported',
      what: 'Third-party guides: URL, key, bitrate, duration',
      url: null,
      readOn: '2026-11-21',
    },
  ],
  verifiedOn: '2026-11-21',
};

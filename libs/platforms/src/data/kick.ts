import type { PlatformFacts } from '../platform-facts.ts';

export const kick: PlatformFacts = {
  id: 'kick',
  name: 'Kick',
  servers: [
    {
      url: 'rtmps://fa723fc1b171.global-contribute.live-video.net:443/app',
      label: 'Default',
      region: 'anywhere',
    },
  ],
  hosts: ['global-contribute.live-video.net'],
  appWhenMissing: 'app',
  keyHelp: 'Creator Dashboard, Settings, Stream URL and Key: copy both; the URL may be your own.',
  keyLifetime: 'reusable',
  keyPrefixes: ['sk_'],
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  limits: {
    videoKbpsMax: 8_000,
    keyframeSecondsWanted: 2,
  },
  backupIngest: 'none',
  notes: [
    'Kick shows its URL without /app; encoders need it.',
    'Kick runs on Amazon IVS: audio alone is not accepted.',
    'Partners: streaming elsewhere at the same time changes the payout; see help.kick.com.',
  ],
  sources: [
    {
      kind: 'documented',
      what: 'Amazon IVS: streaming configuration',
      url: 'https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/streaming-config.html',
      readOn: '2026-11-21',
    },
    {
      kind: 'reported',
      what: 'Third-party guides: URL, key and bitrate',
      url: null,
      readOn: '2026-11-21',
    },
  ],
  verifiedOn: '2026-11-21',
};

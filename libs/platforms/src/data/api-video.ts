import type { PlatformFacts } from '../platform-facts.ts';
import { obsServices } from '../sources.ts';

export const apiVideo: PlatformFacts = {
  id: 'api-video',
  name: 'api.video',
  servers: [
    { url: 'rtmps://broadcast.api.video:1936/s', label: 'Default', region: 'anywhere' },
    {
      url: 'rtmp://broadcast.api.video/s',
      label: 'Default, without encryption',
      region: 'anywhere',
    },
  ],
  hosts: ['broadcast.api.video'],
  keyHelp: 'api.video dashboard or API, the live stream: copy its stream key.',
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  limits: {
    videoKbpsMax: 20_000,
    audioKbpsMax: 192,
    keyframeSecondsWanted: 2,
  },
  sources: [
    obsServices,
    {
      kind: 'reported',
      what: 'Third-party guides: RTMPS on port 1936',
      url: null,
      readOn: '2026-11-21',
    },
  ],
  verifiedOn: '2026-11-21',
};

import type { PlatformFacts } from '../platform-facts.ts';
import { obsServices } from '../sources.ts';

export const vimeo: PlatformFacts = {
  id: 'vimeo',
  name: 'Vimeo',
  servers: [
    { url: 'rtmps://rtmp-global.cloud.vimeo.com:443/live', label: 'Nearest', region: 'anywhere' },
    {
      url: 'rtmp://rtmp-global.cloud.vimeo.com/live',
      label: 'Nearest, without encryption',
      region: 'anywhere',
    },
    { url: 'rtmp://rtmp.cloud.vimeo.com/live', label: 'Older, without encryption', region: null },
  ],
  hosts: ['cloud.vimeo.com'],
  keyHelp: 'The settings of your Vimeo live event show the RTMPS URL and the stream key.',
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  sources: [
    obsServices,
    {
      kind: 'reported',
      what: 'Third-party guides: the RTMPS server',
      url: null,
      readOn: '2026-11-21',
    },
  ],
  verifiedOn: '2026-11-21',
};

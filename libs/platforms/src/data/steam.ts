import type { PlatformFacts } from '../platform-facts.ts';
import { obsServices } from '../sources.ts';

export const steam: PlatformFacts = {
  id: 'steam',
  name: 'Steam',
  servers: [
    {
      url: 'rtmp://ingest-rtmp.broadcast.steamcontent.com/app',
      label: 'Default',
      region: 'anywhere',
    },
  ],
  hosts: ['steamcontent.com'],
  keyHelp: 'Your Steam account’s page for broadcasting shows the stream key.',
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  limits: {
    videoKbpsMax: 7_000,
    audioKbpsMax: 128,
    keyframeSecondsWanted: 2,
  },
  sources: [
    obsServices,
    {
      kind: 'reported',
      what: 'datarhei/restreamer issue 504: URL and key must be given apart',
      url: 'https://github.com/datarhei/restreamer/issues/504',
      readOn: '2026-11-21',
    },
  ],
  verifiedOn: '2026-11-21',
};

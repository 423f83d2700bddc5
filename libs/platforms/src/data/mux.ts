import type { PlatformFacts } from '../platform-facts.ts';
import { obsServices } from '../sources.ts';

export const mux: PlatformFacts = {
  id: 'mux',
  name: 'Mux',
  servers: [
    { url: 'rtmps://global-live.mux.com:443/app', label: 'Global', region: 'anywhere' },
    {
      url: 'rtmp://global-live.mux.com:5222/app',
      label: 'Global, without encryption',
      region: 'anywhere',
    },
  ],
  hosts: ['live.mux.com'],
  keyHelp: 'Mux dashboard or API, the live stream: copy its stream key.',
  keyUrl: 'https://www.mux.com/docs/guides/configure-broadcast-software',
  keyLifetime: 'reusable',
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  limits: {
    videoKbpsMax: 5_000,
    audioKbpsMax: 160,
    keyframeSecondsWanted: 2,
    hoursMax: 12,
  },
  notes: ['After a drop Mux waits 60 seconds, with low latency none; up to 1800 may be set.'],
  sources: [
    obsServices,
    {
      kind: 'documented',
      what: 'Mux: handle live stream disconnects',
      url: 'https://www.mux.com/docs/guides/handle-live-stream-disconnects',
      readOn: '2026-11-21',
    },
    {
      kind: 'documented',
      what: 'Mux: maximum duration of a live stream',
      url: 'https://www.mux.com/docs/changelog/set-duration-live-stream-event',
      readOn: '2026-11-21',
    },
  ],
  verifiedOn: '2026-11-21',
};

import type { PlatformFacts } from '../platform-facts.ts';
import { obsServices } from '../sources.ts';

export const youtube: PlatformFacts = {
  id: 'youtube',
  name: 'YouTube',
  servers: [
    { url: 'rtmps://a.rtmps.youtube.com:443/live2', label: 'Primary', region: 'anywhere' },
    {
      url: 'rtmp://a.rtmp.youtube.com/live2',
      label: 'Primary, without encryption',
      region: 'anywhere',
    },
  ],
  backupServers: [
    { url: 'rtmps://b.rtmps.youtube.com:443/live2?backup=1', label: 'Backup', region: 'anywhere' },
    {
      url: 'rtmp://b.rtmp.youtube.com/live2?backup=1',
      label: 'Backup, without encryption',
      region: 'anywhere',
    },
  ],
  hosts: ['youtube.com'],
  keyHelp: 'YouTube Studio, Create, Go live, Stream: copy the stream key.',
  keyUrl: 'https://www.youtube.com/live_dashboard',
  keyLifetime: 'reusable',
  videoCodecs: ['h264', 'hevc', 'av1'],
  audioCodecs: ['aac'],
  limits: {
    videoKbpsMax: 51_000,
    audioKbpsMax: 160,
    widthMax: 3840,
    heightMax: 2160,
    fpsMax: 60,
    keyframeSecondsMax: 4,
    keyframeSecondsWanted: 2,
    audioRequired: true,
  },
  backupIngest: 'same-key',
  notes: [
    'A key is reusable, or belongs to one scheduled event: YouTube Studio says which.',
    'For H.264 YouTube recommends 12 Mbit/s at 1080p60 and 35 Mbit/s at 2160p60.',
    'The recording is kept only of broadcasts up to 12 hours.',
    'The backup server has its query in the app: live2?backup=1.',
  ],
  sources: [
    obsServices,
    {
      kind: 'documented',
      what: 'YouTube Help: encoder settings, bitrates and resolutions',
      url: 'https://support.google.com/youtube/answer/2853702',
      readOn: '2026-11-21',
    },
    {
      kind: 'documented',
      what: 'YouTube Live Streaming API: delivering over RTMPS',
      url: 'https://developers.google.com/youtube/v3/live/guides/rtmps-ingestion',
      readOn: '2026-11-21',
    },
  ],
  verifiedOn: '2026-11-21',
};

import type { Platform } from '#contracts';

/** Most services alike: H.264, a key that lasts, a keyframe every two seconds. */
const usual = {
  backupServers: [],
  keyLifetime: 'reusable',
  videoCodecs: ['h264'],
  videoKbpsMax: null,
  audioKbpsMax: null,
  keyframeSecondsMax: 2,
  hoursMax: null,
} as const;

const server = (url: string, label = 'Default') => ({ url, label });

/**
 * Sources: the platforms' own help pages, and obs-studio's list of services (July 2026) for the
 * rates. Numbers are what a platform says it takes, not what it may put up with.
 */
export const platforms: readonly Platform[] = (
  [
    {
      ...usual,
      id: 'youtube',
      name: 'YouTube',
      servers: [
        server('rtmps://a.rtmps.youtube.com:443/live2', 'Primary'),
        server('rtmp://a.rtmp.youtube.com/live2', 'Primary, without encryption'),
      ],
      backupServers: [
        server('rtmps://b.rtmps.youtube.com:443/live2?backup=1', 'Backup'),
        server('rtmp://b.rtmp.youtube.com/live2?backup=1', 'Backup, without encryption'),
      ],
      keyHelp: 'YouTube Studio, Create, Go live, Stream: copy the stream key.',
      videoCodecs: ['h264', 'hevc', 'av1'],
      videoKbpsMax: 51_000,
      audioKbpsMax: 160,
      keyframeSecondsMax: 4,
    },
    {
      ...usual,
      id: 'twitch',
      name: 'Twitch',
      servers: [
        server('rtmps://ingest.global-contribute.live-video.net:443/app', 'Nearest'),
        server('rtmp://live.twitch.tv/app', 'Default, without encryption'),
        server('rtmp://live-fra.twitch.tv/app', 'Europe: Frankfurt'),
        server('rtmp://live-iad.twitch.tv/app', 'US East: Ashburn'),
        server('rtmp://live-sea.twitch.tv/app', 'US West: Seattle'),
        server('rtmp://live-tyo.twitch.tv/app', 'Asia: Tokyo'),
      ],
      keyHelp: 'Creator Dashboard, Settings, Stream: copy the primary stream key.',
      videoKbpsMax: 6_000,
      audioKbpsMax: 320,
      hoursMax: 48,
    },
    {
      ...usual,
      id: 'facebook',
      name: 'Facebook Live',
      servers: [
        server('rtmps://rtmp-api.facebook.com:443/rtmp/'),
        server('rtmps://live-api-s.facebook.com:443/rtmp/', 'Alternative'),
      ],
      keyHelp:
        'Live Producer, Streaming software: copy the key; turn on "persistent key" to keep it.',
      videoKbpsMax: 9_000,
      audioKbpsMax: 128,
      keyframeSecondsMax: 4,
      hoursMax: 8,
    },
    {
      ...usual,
      id: 'kick',
      name: 'Kick',
      servers: [server('rtmps://fa723fc1b171.global-contribute.live-video.net:443/app')],
      keyHelp:
        'Creator Dashboard, Settings, Stream URL and Key: copy both; the URL may be your own.',
      videoKbpsMax: 8_000,
    },
    {
      ...usual,
      id: 'tiktok',
      name: 'TikTok Live',
      servers: [],
      keyHelp: 'LIVE Producer gives a server URL and a key for each session: copy both.',
      keyLifetime: 'per-event',
    },
    {
      ...usual,
      id: 'instagram',
      name: 'Instagram Live',
      servers: [server('rtmps://live-upload.instagram.com:443/rtmp/')],
      keyHelp: 'Instagram on the web, Create, Live video: copy the stream key of this session.',
      keyLifetime: 'per-event',
      videoKbpsMax: 6_000,
      audioKbpsMax: 256,
      hoursMax: 4,
    },
    {
      ...usual,
      id: 'x',
      name: 'X',
      servers: [
        server('rtmps://va.pscp.tv:443/x/', 'US East'),
        server('rtmps://ca.pscp.tv:443/x/', 'US West'),
        server('rtmps://ie.pscp.tv:443/x/', 'Europe: Ireland'),
        server('rtmps://de.pscp.tv:443/x/', 'Europe: Germany'),
        server('rtmps://jp.pscp.tv:443/x/', 'Asia: Japan'),
      ],
      keyHelp: 'Live Studio, Sources: create an RTMP source and copy its URL and key.',
      videoKbpsMax: 12_000,
      audioKbpsMax: 128,
      keyframeSecondsMax: 3,
    },
    {
      ...usual,
      id: 'linkedin',
      name: 'LinkedIn Live',
      servers: [],
      keyHelp: 'LinkedIn Live gives a server URL and a key for each event: copy both.',
      keyLifetime: 'per-event',
    },
    {
      ...usual,
      id: 'trovo',
      name: 'Trovo',
      servers: [server('rtmp://livepush.trovo.live/live/')],
      keyHelp: 'Trovo Studio, My Channel, Stream settings: copy the stream key.',
      videoKbpsMax: 9_000,
      audioKbpsMax: 160,
    },
    {
      ...usual,
      id: 'rumble',
      name: 'Rumble',
      servers: [server('rtmp://rtmp.rumble.com/live')],
      keyHelp: 'Rumble Studio, Live stream: copy the server URL and the static key.',
    },
    {
      ...usual,
      id: 'dlive',
      name: 'DLive',
      servers: [server('rtmp://stream.dlive.tv/live')],
      keyHelp: 'DLive Dashboard, Stream: copy the stream key.',
      videoKbpsMax: 6_000,
      audioKbpsMax: 160,
    },
    {
      ...usual,
      id: 'custom',
      name: 'Custom RTMP server',
      servers: [],
      keyHelp: 'Ask whoever runs the server for its URL and a stream key.',
      videoCodecs: ['h264', 'hevc', 'av1'],
      keyframeSecondsMax: null,
    },
  ] as const
).map((platform) => ({
  ...platform,
  servers: [...platform.servers],
  backupServers: [...platform.backupServers],
  videoCodecs: [...platform.videoCodecs],
}));

const ids: ReadonlySet<string> = new Set(platforms.map(({ id }) => id));

export function isPlatform(id: string): boolean {
  return ids.has(id);
}

import type { PlatformFacts } from '../platform-facts.ts';
import { obsServices } from '../sources.ts';

export const bilibili: PlatformFacts = {
  id: 'bilibili',
  name: 'Bilibili Live',
  servers: [
    { url: 'rtmp://live-push.bilivideo.com/live-bvc/', label: 'Global', region: 'anywhere' },
    {
      url: 'rtmp://bdy.live-push.bilivideo.com/live-bvc/',
      label: 'Outside mainland China',
      region: null,
    },
  ],
  backupServers: [
    {
      url: 'rtmp://txy.live-push.bilivideo.com/live-bvc/',
      label: 'Outside mainland China',
      region: null,
    },
    {
      url: 'rtmp://txy2.live-push.bilivideo.com/live-bvc/',
      label: 'Mainland China',
      region: 'asia',
    },
  ],
  hosts: ['bilivideo.com'],
  keyHelp: 'Bilibili live centre, Start live: copy server and key.',
  keyUrl: 'https://link.bilibili.com/p/center/index#/my-room/start-live',
  keyFormat: 'with-query',
  videoCodecs: ['h264', 'hevc'],
  audioCodecs: ['aac'],
  backupIngest: 'same-key',
  notes: ['The key contains a query: it is part of the key and must be copied whole.'],
  sources: [obsServices],
  verifiedOn: '2026-11-21',
};

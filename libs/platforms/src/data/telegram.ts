import type { PlatformFacts } from '../platform-facts.ts';

export const telegram: PlatformFacts = {
  id: 'telegram',
  name: 'Telegram',
  servers: [],
  hosts: ['rtmp.t.me'],
  keyHelp: 'The live stream’s settings in the chat or channel show server URL and key.',
  keyLifetime: 'reusable',
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  notes: [
    'Server and key belong to one chat; its key lasts until it is revoked.',
    'The key contains a colon.',
  ],
  sources: [
    {
      kind: 'documented',
      what: 'Telegram API: credentials of an RTMP stream',
      url: 'https://core.telegram.org/method/phone.getGroupCallStreamRtmpUrl',
      readOn: '2026-11-21',
    },
    {
      kind: 'reported',
      what: 'Third-party guides: form of URL and key',
      url: null,
      readOn: '2026-11-21',
    },
  ],
  verifiedOn: '2026-11-21',
};

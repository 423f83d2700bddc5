import type { PlatformFacts } from '../platform-facts.ts';
import { obsServices } from '../sources.ts';

export const niconico: PlatformFacts = {
  id: 'niconico',
  name: 'niconico',
  servers: [
    {
      url: 'rtmp://liveorigin.dlive.nicovideo.jp/live/input',
      label: 'Default',
      region: 'anywhere',
    },
  ],
  hosts: ['nicovideo.jp'],
  keyHelp: 'The page of your niconico programme shows URL and stream key.',
  keyUrl: 'https://qa.nicovideo.jp/faq/show/701',
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  limits: {
    videoKbpsMax: 5_808,
    audioKbpsMax: 192,
    keyframeSecondsWanted: 2,
  },
  notes: ['The app has two parts: live/input.'],
  sources: [obsServices],
  verifiedOn: '2026-11-21',
};

import type { PlatformFacts } from '../platform-facts.ts';
import { obsServices } from '../sources.ts';

export const facebook: PlatformFacts = {
  id: 'facebook',
  name: 'Facebook Live',
  servers: [
    { url: 'rtmps://rtmp-api.facebook.com:443/rtmp/', label: 'Default', region: 'anywhere' },
    { url: 'rtmps://live-api-s.facebook.com:443/rtmp/', label: 'Alternative', region: 'anywhere' },
  ],
  hosts: ['facebook.com'],
  keyHelp: 'Live Producer, Streaming software: copy the key; turn on "persistent key" to keep it.',
  keyUrl: 'https://www.facebook.com/live/producer',
  keyLifetime: 'reusable',
  keyFormat: 'with-query',
  keyPrefixes: ['FB-'],
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  limits: {
    videoKbpsMax: 9_000,
    audioKbpsMax: 128,
    widthMax: 1920,
    heightMax: 1080,
    fpsMax: 60,
    keyframeSecondsMax: 4,
    keyframeSecondsWanted: 2,
    hoursMax: 8,
    audioRequired: true,
    videoKbpsByMode: [
      { height: 1080, fps: 60, kbpsMax: 9_000 },
      { height: 1080, fps: 30, kbpsMax: 6_000 },
      { height: 720, fps: 60, kbpsMax: 6_000 },
      { height: 720, fps: 30, kbpsMax: 4_000 },
      { height: 480, fps: 60, kbpsMax: 3_000 },
      { height: 480, fps: 30, kbpsMax: 2_000 },
      { height: 360, fps: 60, kbpsMax: 1_500 },
      { height: 360, fps: 30, kbpsMax: 1_000 },
    ],
  },
  backupIngest: 'other-key',
  notes: [
    'The key contains a query (?s_bl=…): it is part of the key and must be copied whole.',
    'Facebook wants both a picture and sound, and no change of settings during a broadcast.',
    'A server URL that Facebook gives must be used within 24 hours; a preview lasts 4 hours.',
    'An account must be 60 days old and have 100 followers.',
    'Where Facebook answers "Invalid URL", leave :443 out of the server URL.',
  ],
  sources: [
    obsServices,
    {
      kind: 'documented',
      what: 'Workplace Help: live video, limits and reconnecting',
      url: 'https://www.workplace.com/help/work/230579644351626',
      readOn: '2026-11-21',
    },
    {
      kind: 'reported',
      what: 'zbynekdrlik/restreamer: Facebook’s "Invalid URL" and :443',
      url: 'https://github.com/zbynekdrlik/restreamer',
      readOn: '2026-11-21',
    },
  ],
  verifiedOn: '2026-11-21',
};

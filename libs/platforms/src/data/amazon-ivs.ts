import type { PlatformFacts } from '../platform-facts.ts';
import { obsServices } from '../sources.ts';

export const amazonIvs: PlatformFacts = {
  id: 'amazon-ivs',
  name: 'Amazon IVS',
  servers: [
    {
      url: 'rtmps://iad05.contribute.live-video.net/app',
      label: 'Ashburn',
      region: 'north-america',
    },
    {
      url: 'rtmps://dfw02.contribute.live-video.net/app',
      label: 'Dallas',
      region: 'north-america',
    },
    {
      url: 'rtmps://sea02.contribute.live-video.net/app',
      label: 'Seattle',
      region: 'north-america',
    },
    {
      url: 'rtmps://lax.contribute.live-video.net/app',
      label: 'Los Angeles',
      region: 'north-america',
    },
    { url: 'rtmps://yto.contribute.live-video.net/app', label: 'Toronto', region: 'north-america' },
    {
      url: 'rtmps://qro04.contribute.live-video.net/app',
      label: 'Queretaro',
      region: 'north-america',
    },
    {
      url: 'rtmps://sao05.contribute.live-video.net/app',
      label: 'Sao Paulo',
      region: 'south-america',
    },
    {
      url: 'rtmps://bog01.contribute.live-video.net/app',
      label: 'Bogota',
      region: 'south-america',
    },
    { url: 'rtmps://lhr08.contribute.live-video.net/app', label: 'London', region: 'europe' },
    { url: 'rtmps://fra06.contribute.live-video.net/app', label: 'Frankfurt', region: 'europe' },
    { url: 'rtmps://cdg10.contribute.live-video.net/app', label: 'Paris', region: 'europe' },
    { url: 'rtmps://mad02.contribute.live-video.net/app', label: 'Madrid', region: 'europe' },
    { url: 'rtmps://arn04.contribute.live-video.net/app', label: 'Stockholm', region: 'europe' },
    { url: 'rtmps://waw02.contribute.live-video.net/app', label: 'Warsaw', region: 'europe' },
    { url: 'rtmps://bom01.contribute.live-video.net/app', label: 'Mumbai', region: 'asia' },
    { url: 'rtmps://sin04.contribute.live-video.net/app', label: 'Singapore', region: 'asia' },
    { url: 'rtmps://tyo05.contribute.live-video.net/app', label: 'Tokyo', region: 'asia' },
    { url: 'rtmps://sel04.contribute.live-video.net/app', label: 'Seoul', region: 'asia' },
    { url: 'rtmps://hkg06.contribute.live-video.net/app', label: 'Hong Kong', region: 'asia' },
    { url: 'rtmps://syd03.contribute.live-video.net/app', label: 'Sydney', region: 'oceania' },
  ],
  hosts: ['live-video.net'],
  appWhenMissing: 'app',
  keyHelp: 'Amazon IVS console, the channel: copy its ingest server and its stream key.',
  keyUrl:
    'https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/getting-started-set-up-streaming.html',
  keyLifetime: 'reusable',
  keyPrefixes: ['sk_'],
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  limits: {
    videoKbpsMax: 8_500,
    widthMax: 1920,
    heightMax: 1080,
    fpsMax: 60,
    keyframeSecondsWanted: 2,
    hoursMax: 48,
  },
  notes: [
    'Every channel has an ingest server of its own; the regional servers take its key too.',
    'The limits are those of a standard channel.',
    'A picture is needed: audio alone is not accepted.',
    'Without data for 30 seconds Amazon IVS disconnects.',
  ],
  sources: [
    obsServices,
    {
      kind: 'documented',
      what: 'Amazon IVS: streaming configuration',
      url: 'https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/streaming-config.html',
      readOn: '2026-11-21',
    },
    {
      kind: 'documented',
      what: 'Amazon IVS: set up streaming software',
      url: 'https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/getting-started-set-up-streaming.html',
      readOn: '2026-11-21',
    },
  ],
  verifiedOn: '2026-11-21',
};

import type { PlatformFacts } from '../platform-facts.ts';
import { obsServices } from '../sources.ts';

export const picarto: PlatformFacts = {
  id: 'picarto',
  name: 'Picarto',
  servers: [
    { url: 'rtmp://live.us.picarto.tv/golive', label: 'Nearest', region: 'anywhere' },
    {
      url: 'rtmp://live.us-losangeles.picarto.tv/golive',
      label: 'Los Angeles',
      region: 'north-america',
    },
    { url: 'rtmp://live.us-dallas.picarto.tv/golive', label: 'Dallas', region: 'north-america' },
    { url: 'rtmp://live.us-miami.picarto.tv/golive', label: 'Miami', region: 'north-america' },
    { url: 'rtmp://live.us-newyork.picarto.tv/golive', label: 'New York', region: 'north-america' },
    { url: 'rtmp://live.eu-west1.picarto.tv/golive', label: 'Europe', region: 'europe' },
  ],
  hosts: ['picarto.tv'],
  keyHelp: 'The stream settings of your Picarto account show the key.',
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  limits: {
    videoKbpsMax: 3_500,
    keyframeSecondsWanted: 2,
  },
  sources: [obsServices],
  verifiedOn: '2026-11-21',
};

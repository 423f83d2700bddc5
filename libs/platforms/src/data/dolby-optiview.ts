import type { PlatformFacts } from '../platform-facts.ts';
import { obsServices } from '../sources.ts';

export const dolbyOptiview: PlatformFacts = {
  id: 'dolby-optiview',
  name: 'Dolby OptiView (Millicast)',
  servers: [
    { url: 'rtmps://rtmp-auto.millicast.com:443/v2/pub', label: 'Nearest', region: 'anywhere' },
    { url: 'rtmps://rtmp-blr-1.millicast.com:443/v2/pub', label: 'Bangalore', region: 'asia' },
    { url: 'rtmps://rtmp-fra-1.millicast.com:443/v2/pub', label: 'Frankfurt', region: 'europe' },
    {
      url: 'rtmps://rtmp-iad-1.millicast.com:443/v2/pub',
      label: 'Ashburn',
      region: 'north-america',
    },
    { url: 'rtmps://rtmp-lon-1.millicast.com:443/v2/pub', label: 'London', region: 'europe' },
    {
      url: 'rtmps://rtmp-phx-1.millicast.com:443/v2/pub',
      label: 'Phoenix',
      region: 'north-america',
    },
    {
      url: 'rtmps://rtmp-sao-1.millicast.com:443/v2/pub',
      label: 'Sao Paulo',
      region: 'south-america',
    },
    { url: 'rtmps://rtmp-sgp-1.millicast.com:443/v2/pub', label: 'Singapore', region: 'asia' },
    { url: 'rtmps://rtmp-syd-1.millicast.com:443/v2/pub', label: 'Sydney', region: 'oceania' },
    {
      url: 'rtmp://rtmp-auto.millicast.com:1935/v2/pub',
      label: 'Nearest, without encryption',
      region: 'anywhere',
    },
    {
      url: 'rtmp://rtmp-blr-1.millicast.com:1935/v2/pub',
      label: 'Bangalore, without encryption',
      region: 'asia',
    },
    {
      url: 'rtmp://rtmp-fra-1.millicast.com:1935/v2/pub',
      label: 'Frankfurt, without encryption',
      region: 'europe',
    },
    {
      url: 'rtmp://rtmp-iad-1.millicast.com:1935/v2/pub',
      label: 'Ashburn, without encryption',
      region: 'north-america',
    },
    {
      url: 'rtmp://rtmp-lon-1.millicast.com:1935/v2/pub',
      label: 'London, without encryption',
      region: 'europe',
    },
    {
      url: 'rtmp://rtmp-phx-1.millicast.com:1935/v2/pub',
      label: 'Phoenix, without encryption',
      region: 'north-america',
    },
    {
      url: 'rtmp://rtmp-sao-1.millicast.com:1935/v2/pub',
      label: 'Sao Paulo, without encryption',
      region: 'south-america',
    },
    {
      url: 'rtmp://rtmp-sgp-1.millicast.com:1935/v2/pub',
      label: 'Singapore, without encryption',
      region: 'asia',
    },
    {
      url: 'rtmp://rtmp-syd-1.millicast.com:1935/v2/pub',
      label: 'Sydney, without encryption',
      region: 'oceania',
    },
  ],
  hosts: ['millicast.com'],
  keyHelp: 'Your Dolby OptiView account shows URL and key; the page below says where.',
  keyUrl: 'https://optiview.dolby.com/docs/millicast/using-obs/',
  videoCodecs: ['h264', 'hevc', 'av1'],
  audioCodecs: ['aac'],
  limits: {
    keyframeSecondsWanted: 1,
    bFramesMax: 0,
  },
  sources: [obsServices],
  verifiedOn: '2026-11-21',
};

import type { PlatformFacts } from '../platform-facts.ts';
import { obsServices } from '../sources.ts';

export const livepush: PlatformFacts = {
  id: 'livepush',
  name: 'Livepush',
  servers: [
    { url: 'rtmp://dc-global.livepush.io/live', label: 'Nearest', region: 'anywhere' },
    { url: 'rtmp://us-central-ch.livepush.io/live', label: 'Chicago', region: 'north-america' },
    { url: 'rtmp://us-east-ny.livepush.io/live', label: 'New York', region: 'north-america' },
    { url: 'rtmp://us-west-la.livepush.io/live', label: 'Los Angeles', region: 'north-america' },
    { url: 'rtmp://us-south-mia.livepush.io/live', label: 'Miami', region: 'north-america' },
    { url: 'rtmp://us-central-dal.livepush.io/live', label: 'Dallas', region: 'north-america' },
    { url: 'rtmp://ca-central-mon.livepush.io/live', label: 'Montreal', region: 'north-america' },
    { url: 'rtmp://ca-south-tor.livepush.io/live', label: 'Toronto', region: 'north-america' },
    { url: 'rtmp://au-east-syd.livepush.io/live', label: 'Sydney', region: 'oceania' },
    { url: 'rtmp://uk-central-ldn.livepush.io/live', label: 'London', region: 'europe' },
    { url: 'rtmp://it-north-mln.livepush.io/live', label: 'Milan', region: 'europe' },
    { url: 'rtmp://fr-central-par.livepush.io/live', label: 'Paris', region: 'europe' },
    { url: 'rtmp://as-southeast-sg.livepush.io/live', label: 'Singapore', region: 'asia' },
    { url: 'rtmp://in-south-blr.livepush.io/live', label: 'Bangalore', region: 'asia' },
  ],
  hosts: ['livepush.io'],
  keyHelp: 'Your Livepush account shows URL and key; the page below says where.',
  keyUrl: 'https://docs.livepush.io/en/articles/5065323-how-to-stream-live-from-obs-to-livepush',
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  limits: {
    videoKbpsMax: 16_000,
    keyframeSecondsWanted: 2,
  },
  sources: [obsServices],
  verifiedOn: '2026-11-21',
};

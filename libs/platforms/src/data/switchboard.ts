import type { PlatformFacts } from '../platform-facts.ts';
import { obsServices } from '../sources.ts';

export const switchboard: PlatformFacts = {
  id: 'switchboard',
  name: 'Switchboard Live',
  servers: [{ url: 'rtmps://live.sb.zone:443/live', label: 'Default', region: 'anywhere' }],
  hosts: ['sb.zone'],
  keyHelp: 'The stream page of your Switchboard account shows the key.',
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  limits: {
    keyframeSecondsWanted: 2,
  },
  sources: [obsServices],
  verifiedOn: '2026-11-21',
};

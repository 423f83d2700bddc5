import type { PlatformFacts } from '../platform-facts.ts';
import { obsServices } from '../sources.ts';

export const kuaishou: PlatformFacts = {
  id: 'kuaishou',
  name: 'Kuaishou Live',
  servers: [
    { url: 'rtmp://open-push.voip.yximgs.com/gifshow/', label: 'Default', region: 'anywhere' },
    { url: 'rtmp://tx.push.yximgs.com/live/', label: 'North America', region: 'north-america' },
  ],
  hosts: ['yximgs.com'],
  keyHelp: 'Kuaishou Studio, Live: copy server and key.',
  keyUrl: 'https://studio.kuaishou.com/live/list',
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  sources: [obsServices],
  verifiedOn: '2026-11-21',
};

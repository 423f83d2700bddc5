import type { PlatformFacts } from '../platform-facts.ts';
import { obsServices } from '../sources.ts';

export const chzzk: PlatformFacts = {
  id: 'chzzk',
  name: 'CHZZK',
  servers: [
    {
      url: 'rtmp://global-rtmp.lip2.navercorp.com:8080/relay',
      label: 'Default',
      region: 'anywhere',
    },
  ],
  hosts: ['lip2.navercorp.com'],
  keyHelp: 'CHZZK Studio, Settings: copy the stream key.',
  keyUrl: 'https://studio.chzzk.naver.com/setting',
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  limits: {
    videoKbpsMax: 8_000,
    audioKbpsMax: 192,
    widthMax: 1920,
    heightMax: 1080,
    fpsMax: 60,
    keyframeSecondsWanted: 1,
    bFramesMax: 0,
  },
  sources: [obsServices],
  verifiedOn: '2026-11-21',
};

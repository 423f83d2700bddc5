import type { PlatformFacts } from '../platform-facts.ts';
import { obsServices } from '../sources.ts';

export const kakaotv: PlatformFacts = {
  id: 'kakaotv',
  name: 'KakaoTV',
  servers: [{ url: 'rtmp://rtmp.play.kakao.com/kakaotv', label: 'Default', region: 'anywhere' }],
  hosts: ['play.kakao.com'],
  keyHelp: 'The live settings of your KakaoTV channel show the stream key.',
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  limits: {
    videoKbpsMax: 8_000,
    audioKbpsMax: 192,
  },
  sources: [obsServices],
  verifiedOn: '2026-11-21',
};

/** What a rule about a live stream can find. */
export const LIVE_RULE_CODES = [
  'CODEC_UNSUPPORTED',
  'AUDIO_CODEC_UNSUPPORTED',
  'BITRATE_HIGH',
  'AUDIO_BITRATE_HIGH',
  'RESOLUTION_HIGH',
  'FRAME_RATE_HIGH',
  'KEYFRAMES_FAR_APART',
  'AUDIO_MISSING',
  'B_FRAMES',
  'DUPLICATE_KEY',
  'UPLINK_SHORT',
  'OUT_QUOTA_NEAR',
  'LOOP',
  'DURATION_NEAR',
] as const;
export type LiveRuleCode = (typeof LIVE_RULE_CODES)[number];

/** One thing that will bite; null where there is nothing to compare. */
export interface LiveRuleFinding {
  readonly code: LiveRuleCode;
  /** One or two sentences: what is wrong, and what to do. */
  readonly message: string;
  readonly limit: number | string | null;
  readonly measured: number | string | null;
  /** Those that it will bite, at least one. */
  readonly destinationIds: readonly string[];
}

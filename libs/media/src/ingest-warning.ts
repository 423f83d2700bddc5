/** What an owner should change at the encoder: one table of codes and sentences. */
const SENTENCES = {
  INGEST_NO_VIDEO: 'The encoder sends no video. Most platforms do not accept that.',
  INGEST_NO_AUDIO:
    'The encoder sends no audio. Some platforms want a sound track, even a silent one.',
  INGEST_NO_KEYFRAME:
    'The encoder has sent no keyframe yet. Destinations cannot begin without one.',
  INGEST_KEYFRAMES_FAR_APART:
    'Keyframes are more than 4 seconds apart. Set the keyframe interval to 2 seconds.',
  INGEST_CODEC_NOT_EVERYWHERE:
    'The video is not H.264. Only some platforms accept other codecs from a stream like this.',
  INGEST_BADLY_INTERLEAVED:
    'Audio and video arrive out of order. Their timing was corrected; check the encoder’s load.',
  INGEST_TIME_JUMPED:
    'The encoder’s clock jumped while it was connected. The gap was bridged for the destinations.',
} as const;

export type IngestWarningCode = keyof typeof SENTENCES;

export interface IngestWarning {
  readonly code: IngestWarningCode;
  readonly message: string;
}

export function ingestWarning(code: IngestWarningCode): IngestWarning {
  return { code, message: SENTENCES[code] };
}

import type { IngestStatus, StreamStatus } from '#contracts';
import { codecName, duration, encoderName, kbitPerSecond } from '../../lib/words.ts';

interface StreamPillProps {
  readonly status: StreamStatus | undefined;
  readonly now: number;
}

/** The stream as a whole, in two words. */
export function StreamPill({ status, now }: StreamPillProps) {
  const startedAt = status?.broadcast?.startedAt;
  const lasted = startedAt === undefined ? '' : duration(now - Date.parse(startedAt));
  switch (status?.state) {
    case 'live':
      return <span className="pill tone-good">Live · {lasted}</span>;
    case 'grace':
      return <span className="pill tone-fair">Encoder away, holding · {lasted}</span>;
    case 'offline':
    case undefined:
      return <span className="pill tone-quiet">Offline</span>;
  }
}

function partsOf(ingest: IngestStatus): string[] {
  const { video, audio } = ingest;
  return [
    ingest.encoder && encoderName(ingest.encoder),
    ingest.protocol.toUpperCase(),
    video?.width && video.height && `${video.width} × ${video.height}`,
    video?.framesPerSecond && `${Math.round(video.framesPerSecond)} fps`,
    video && codecName(video.codec),
    video?.keyframeIntervalMs && `keyframe every ${(video.keyframeIntervalMs / 1000).toFixed(1)} s`,
    audio && codecName(audio.codec),
    kbitPerSecond(ingest.kbps),
  ].filter((part) => typeof part === 'string' && part !== '') as string[];
}

/** What arrives from the encoder, and what is odd about it. */
export function IngestLine({ ingest }: { readonly ingest: IngestStatus }) {
  return (
    <div className="ingest">
      <p>{partsOf(ingest).join(' · ')}</p>
      {ingest.warnings.map(({ code, message }) => (
        <p className="note note-fair" key={code}>
          {message}
        </p>
      ))}
    </div>
  );
}

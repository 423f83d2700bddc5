import type { IngestStatus } from '#contracts';
import { ingestParts } from '../../lib/ingest-words.ts';
import './incoming.css';

interface IngestProps {
  readonly ingest: IngestStatus;
}

/** What arrives from the encoder, and what is odd about it. */
export function IngestLine({ ingest }: IngestProps) {
  return (
    <div className="ingest">
      <p>
        <bdi>{ingestParts(ingest).join(' · ')}</bdi>
      </p>
      <IngestWarnings ingest={ingest} />
    </div>
  );
}

/** What will bite, and what to do about it. */
export function IngestWarnings({ ingest }: IngestProps) {
  return ingest.warnings.map(({ code, message }) => (
    <p className="note note-fair" key={code}>
      {message}
    </p>
  ));
}

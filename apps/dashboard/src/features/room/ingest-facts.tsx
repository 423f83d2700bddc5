import type { IngestStatus } from '#contracts';
import { ingestFacts } from '../../lib/ingest-words.ts';
import { IngestWarnings } from './ingest-line.tsx';

/** What arrives from the encoder, fact by fact. */
export function IngestFacts({ ingest }: { readonly ingest: IngestStatus }) {
  return (
    <>
      <dl className="facts">
        {ingestFacts(ingest).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <IngestWarnings ingest={ingest} />
    </>
  );
}

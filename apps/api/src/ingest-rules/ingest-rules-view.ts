import type { IngestRulesRecord } from '#persistence';
import type { IngestRulesView } from './ingest-rules-bodies.ts';

export function ingestRulesView(record: IngestRulesRecord): IngestRulesView {
  const { allowedCidrs, kbpsMax, authorise, signingKeySealed } = record;
  return {
    allowedCidrs: [...allowedCidrs],
    kbpsMax,
    authorise: authorise && { url: authorise.url, fallback: authorise.fallback },
    hasPublishLinks: signingKeySealed !== null,
  };
}

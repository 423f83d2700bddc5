/**
 * What Forkcast knows of the platforms it pushes to, and how it reads what people paste from them.
 * It refuses to talk to a platform, to forbid the unknown (any RTMP server is `custom`), and to
 * name a module of Node: a browser may load it.
 * Parts: data (one file per platform, facts with their sources), platform-facts (checks them),
 * presets (the list); destination-paste (paste-words, paste-url), destination-advice,
 * private-test, test-destination; live-rules (ingest-rules): what will bite while a stream is live.
 */
export { destinationWarnings, keyFault } from './destination-advice.ts';
export { parseDestinationPaste } from './destination-paste.ts';
export type { PasteFault, PasteFaultCode, PasteResult } from './destination-paste.ts';
export type { RuledIngest } from './ingest-rules.ts';
export type { LiveRuleFinding } from './live-finding.ts';
export { liveWarnings } from './live-rules.ts';
export type { LiveFacts, RuledDestination, RuledStranger } from './live-rules.ts';
export { findPlatform, platforms } from './presets.ts';
export { privateTestKey } from './private-test.ts';
export { TEST_DESTINATION } from './test-destination.ts';

import type { Named } from '../../lib/client.ts';
import type { StreamWithDestinations } from '../../lib/live-state.ts';

/** What each matter of who may publish is given. */
export interface RulesProps {
  readonly stream: StreamWithDestinations;
  readonly rules: Named<'IngestRules'>;
  /** Reads them again. */
  readonly reloaded: () => Promise<void>;
}

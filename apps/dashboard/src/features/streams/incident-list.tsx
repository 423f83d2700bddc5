import type { Incidents } from '../../lib/incidents.ts';
import { incidentLook, saidBy } from './incident-words.ts';

/** What happened in the broadcast: the newest at a glance, all of it behind a click. */
export function IncidentList({ incidents }: { readonly incidents: Incidents | undefined }) {
  const newest = incidents?.items[0];
  if (incidents === undefined || newest === undefined) return null;
  return (
    <details className="incidents">
      <summary>
        What happened <span className="hint">{newest.message}</span>
      </summary>
      <ol>
        {incidents.items.map((incident) => {
          const { at, code, message, destinationId, remoteWords, actor } = incident;
          const { tone, meaning } = incidentLook(incident);
          return (
            <li className={`tone-${tone}`} key={[at, code, destinationId, message].join()}>
              <time dateTime={at}>{new Date(at).toLocaleTimeString()}</time>
              <p>
                {message}
                {meaning !== undefined && <span className="hint">{meaning}</span>}
                {remoteWords && <span className="hint">{saidBy(remoteWords)}</span>}
                {actor && <span className="hint">by {actor}</span>}
              </p>
            </li>
          );
        })}
      </ol>
    </details>
  );
}

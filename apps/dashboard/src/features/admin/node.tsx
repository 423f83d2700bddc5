import { Ago } from '../../components/time.tsx';
import type { Named } from '../../lib/client.ts';
import { kbitPerSecond } from '../../lib/words.ts';
import { memoryWords, percentWords, refusalWords } from './system-words.ts';
import { countWords } from './usage-words.ts';

type RelayNode = Named<'RelayNode'>;

/** A relay: what it carries, how much of it that takes, and whom it did not let in. */
export function Node({ node }: { readonly node: RelayNode }) {
  const { id, startedAt, saidAt, isDraining, streams, kbpsIn } = node;
  return (
    <li>
      <h3>{id}</h3>
      <p>
        {countWords(streams)} {streams === 1 ? 'stream' : 'streams'}
        {kbpsIn !== null && `, in ${kbitPerSecond(kbpsIn)}`}
      </p>
      <p className="hint">
        Began <Ago at={startedAt} />
        {saidAt !== null && (
          <>
            , said this <Ago at={saidAt} />
          </>
        )}
        {isDraining && '. It ends: it lets no new encoder in.'}
      </p>
      <Loads node={node} />
      <Refusals node={node} />
    </li>
  );
}

function Loads({ node: { id, memory, kbpsOut, uplinkKbps, lanes } }: { readonly node: RelayNode }) {
  return (
    <ul className="figures" aria-label={`Load of ${id}`}>
      {kbpsOut !== null && (
        <li>
          <span>Out</span>
          <span>
            {kbitPerSecond(kbpsOut)}
            {uplinkKbps !== null && ` of ${kbitPerSecond(uplinkKbps)}`}
          </span>
          {uplinkKbps !== null && (
            <meter aria-label="Uplink in use" min={0} max={uplinkKbps} value={kbpsOut} />
          )}
        </li>
      )}
      {memory !== null && (
        <li>
          <span>Memory</span>
          <span>{memoryWords(memory.usedBytes, memory.budgetBytes)}</span>
          <meter
            aria-label="Memory in use"
            min={0}
            max={memory.budgetBytes}
            value={memory.usedBytes}
          />
        </li>
      )}
      {lanes.map(({ lane, isUp, load, ingests, pushes }) => (
        <li key={lane}>
          <span>Lane {lane}</span>
          <span>
            {isUp ? `${percentWords(load)}, ${ingests} in, ${pushes} out` : 'starts again'}
          </span>
          {isUp && <meter aria-label={`Load of lane ${lane}`} min={0} max={1} value={load} />}
        </li>
      ))}
    </ul>
  );
}

/** What is most often wrong on a first day: an encoder that is here, with a key that is not. */
function Refusals({ node: { id, refusedPublishes } }: { readonly node: RelayNode }) {
  if (refusedPublishes.length === 0) return null;
  return (
    <details>
      <summary>Encoders that were not let in</summary>
      <ul aria-label={`Refused by ${id}`}>
        {refusedPublishes.map(({ at, address, reason }) => (
          <li key={`${at} ${address}`}>
            {address}, <Ago at={at} />: {refusalWords(reason)}
          </li>
        ))}
      </ul>
    </details>
  );
}

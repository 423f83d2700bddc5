import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Ago } from '../../components/time.tsx';
import { systemApi } from '../../lib/system-api.ts';
import type { Named } from '../../lib/client.ts';
import { useResource } from '../../lib/resource.ts';
import { Node } from './node.tsx';
import {
  certificateAdvice,
  certificateTone,
  certificateWords,
  memoryWords,
  missingWords,
  partWords,
  waitingWords,
} from './system-words.ts';
import { bytesWords, countWords } from './usage-words.ts';

const lookAgainMs = 5_000;

/** How it is now: what Forkcast leans on, and the relays with their lanes. */
export function System() {
  const system = useResource(systemApi.system);
  const nodes = useResource(systemApi.nodes);
  useAgain(system.reload);
  useAgain(nodes.reload);
  return (
    <>
      <section className="card" aria-label="System">
        <h2>System</h2>
        {system.state.kind === 'loading' && <p className="quiet-start">Loading…</p>}
        {system.state.kind !== 'loading' && <ProblemNote problem={system.state.problem} />}
        {system.state.kind !== 'loading' && system.state.problem !== undefined && <Missing />}
        {system.state.kind === 'ready' && <SystemParts system={system.state.value} />}
      </section>
      <section className="card" aria-label="Relays">
        <h2>Relays</h2>
        {nodes.state.kind === 'loading' && <p className="quiet-start">Loading…</p>}
        {nodes.state.kind !== 'loading' && <ProblemNote problem={nodes.state.problem} />}
        {nodes.state.kind === 'ready' && nodes.state.value.items.length === 0 && (
          <p>No relay is there: no encoder is let in until one is.</p>
        )}
        {nodes.state.kind === 'ready' && (
          <ul className="nodes">
            {nodes.state.value.items.map((node) => (
              <Node key={node.id} node={node} />
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

/** As long as somebody looks. */
function useAgain(reload: () => void): void {
  useEffect(() => {
    const timer = setInterval(() => document.hidden || reload(), lookAgainMs);
    return () => clearInterval(timer);
  }, [reload]);
}

/** Who is signed in stands in the database: without it, this is asked of nobody in particular. */
function Missing() {
  const { state, reload } = useResource(systemApi.missing);
  useAgain(reload);
  if (state.kind !== 'ready' || state.value.length === 0) return null;
  return (
    <ul className="rows">
      {state.value.map(({ name, reason }) => (
        <li key={name}>
          <span>
            {missingWords(name)}
            <span className="hint line">{reason}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function SystemParts({ system }: { readonly system: Named<'System'> }) {
  const { startedAt, postgres, redis, queues, mail, certificates } = system;
  const { sizeBytes, pendingMigrations } = postgres;
  const { usedBytes, maxBytes } = redis;
  return (
    <ul className="rows">
      <Part name="Postgres" look={postgres}>
        {sizeBytes !== null && bytesWords(sizeBytes)}
        {pendingMigrations !== null && pendingMigrations.length > 0 && (
          <span className="note note-fair">
            Its tables are of an earlier version: {pendingMigrations.join(', ')}
          </span>
        )}
      </Part>
      <Part name="Redis" look={redis}>
        {usedBytes !== null && memoryWords(usedBytes, maxBytes)}
      </Part>
      <Part name="Queues" look={queues}>
        {queues.ok && waitingWords(queues.items)}
      </Part>
      {queues.items.length > 0 && (
        <li>
          <Queues items={queues.items} />
        </li>
      )}
      {certificates.map(({ nodeId, ...certificate }) => (
        <li key={nodeId}>
          <span>
            Certificate of {nodeId}{' '}
            <span className={`pill ${certificateTone(certificate.daysLeft)}`}>
              {certificateWords(certificate)}
            </span>
            <span className="hint line">{certificateAdvice(certificate)}</span>
          </span>
        </li>
      ))}
      <li>
        <span>
          Mail: {mail.isConfigured ? 'set up' : 'not set up, so notices by e-mail are not sent'}
          <span className="hint line">
            The API began <Ago at={startedAt} />.
          </span>
        </span>
      </li>
    </ul>
  );
}

interface PartProps {
  readonly name: string;
  readonly look: Pick<Named<'System'>['postgres'], 'ok' | 'ms' | 'detail'>;
  readonly children: ReactNode;
}

function Part({ name, look, children }: PartProps) {
  return (
    <li>
      <span>
        {name}{' '}
        <span className={`pill ${look.ok ? 'tone-good' : 'tone-fair'}`}>{partWords(look)}</span>
        {look.detail !== null && <span className="hint line">{look.detail}</span>}
        <span className="hint line">{children}</span>
      </span>
    </li>
  );
}

function Queues({ items }: { readonly items: Named<'Queue'>[] }) {
  return (
    <table className="days">
      <thead>
        <tr>
          <th scope="col">Queue</th>
          <th scope="col">Waiting</th>
          <th scope="col">Later</th>
          <th scope="col">Failed</th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ name, waiting, active, delayed, failed }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{countWords(waiting + active)}</td>
            <td>{countWords(delayed)}</td>
            <td>{countWords(failed)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

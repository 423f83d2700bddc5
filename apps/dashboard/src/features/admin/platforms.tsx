import { useState } from 'react';
import { Field } from '../../components/field.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { api } from '../../lib/api.ts';
import type { Named } from '../../lib/client.ts';
import { useResource } from '../../lib/resource.ts';
import { limitLines, sourceKinds } from './platform-words.ts';

type Platform = Named<'Platform'>;

/** What Forkcast knows of each platform, and from where. */
export function Platforms() {
  const { state } = useResource(api.platforms);
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const found =
    state.kind === 'ready'
      ? state.value.items.filter(({ id, name }) => `${id} ${name.toLowerCase()}`.includes(wanted))
      : [];
  return (
    <section className="card" aria-label="Platforms">
      <h2>Platforms</h2>
      <p className="hint">These come with Forkcast: an update brings what has changed.</p>
      <Field
        label="Find"
        type="search"
        value={search}
        onChange={({ target }) => setSearch(target.value)}
      />
      {state.kind === 'loading' && <p className="quiet-start">Loading…</p>}
      {state.kind !== 'loading' && <ProblemNote problem={state.problem} />}
      {state.kind === 'ready' && found.length === 0 && <p>None of this name.</p>}
      <div className="platforms">
        {found.map((platform) => (
          <PlatformFold key={platform.id} platform={platform} />
        ))}
      </div>
    </section>
  );
}

function PlatformFold({ platform }: { readonly platform: Platform }) {
  const { name, servers, notes, sources, keyHelp, keyUrl, verifiedOn } = platform;
  return (
    <details>
      <summary>
        {name} <span className="hint">as of {verifiedOn}</span>
      </summary>
      <p>
        {keyHelp} {keyUrl !== null && <Outside href={keyUrl}>Where the key is</Outside>}
      </p>
      {servers.length > 0 && (
        <ul aria-label={`Servers of ${name}`}>
          {servers.map(({ url, label }) => (
            <li key={`${url} ${label}`}>
              {label}: <code>{url}</code>
            </li>
          ))}
        </ul>
      )}
      <ul aria-label={`Limits of ${name}`}>
        {limitLines(platform).map((line) => (
          <li key={line}>{line}</li>
        ))}
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      <h3>Sources</h3>
      <ul aria-label={`Sources of ${name}`}>
        {sources.map(({ kind, what, url, readOn }) => (
          <li key={`${what} ${url}`}>
            {url === null ? what : <Outside href={url}>{what}</Outside>} ({sourceKinds[kind]}, read
            on {readOn})
          </li>
        ))}
      </ul>
    </details>
  );
}

interface OutsideProps {
  readonly href: string;
  readonly children: string;
}

/** Leads away, in a window of its own, without saying from where. */
function Outside({ href, children }: OutsideProps) {
  return (
    <a href={href} target="_blank" rel="noreferrer">
      {children}
    </a>
  );
}

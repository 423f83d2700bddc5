import { ProblemNote } from '../../components/problem-note.tsx';
import type { Named } from '../../lib/client.ts';
import { useResource } from '../../lib/resource.ts';
import { systemApi } from '../../lib/system-api.ts';
import { settingWords } from './settings-words.ts';

/** How this Forkcast was started. It is changed where it is started, and nowhere else. */
export function Settings() {
  const { state } = useResource(systemApi.settings);
  return (
    <section className="card" aria-label="Settings">
      <h2>Settings</h2>
      <p className="hint">
        They are read when Forkcast starts. To change one, change it in the environment and restart.
      </p>
      {state.kind === 'loading' && <p className="quiet-start">Loading…</p>}
      {state.kind !== 'loading' && <ProblemNote problem={state.problem} />}
      {state.kind === 'ready' && (
        <dl className="settings">
          {state.value.items.map((setting) => (
            <Setting key={setting.name} setting={setting} />
          ))}
        </dl>
      )}
    </section>
  );
}

function Setting({ setting }: { readonly setting: Named<'Setting'> }) {
  const { name, value, sentence, isDefault } = setting;
  return (
    <div>
      <dt>
        <code>{name}</code>
      </dt>
      <dd>
        {settingWords(setting)}
        {isDefault && value !== null && <span className="hint"> (the default)</span>}
        <span className="hint line">{sentence}</span>
      </dd>
    </div>
  );
}

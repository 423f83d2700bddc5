import { useCallback } from 'react';
import { ProblemNote } from '../../components/problem-note.tsx';
import type { StreamWithDestinations } from '../../lib/live-state.ts';
import { useResource } from '../../lib/resource.ts';
import { settingsApi } from '../../lib/settings-api.ts';
import { Callback } from './callback.tsx';
import { GuestKeys } from './guest-keys.tsx';
import { Rules } from './rules.tsx';
import { parts } from './settings-parts.ts';
import { SettingsSection } from './settings-section.tsx';

interface PublishRulesProps {
  readonly stream: StreamWithDestinations;
  readonly mayManage: boolean;
}

/** Who may publish, beside those who have a key: one answer of the API, in three matters. */
export function PublishRules({ stream, mayManage }: PublishRulesProps) {
  const load = useCallback(() => settingsApi.rules(stream.id), [stream.id]);
  const { state, reloaded } = useResource(load);
  if (state.kind !== 'ready') {
    return (
      <SettingsSection part={parts.rules}>
        {state.kind === 'loading' ? (
          <p className="quiet-start">Loading…</p>
        ) : (
          <ProblemNote problem={state.problem} />
        )}
      </SettingsSection>
    );
  }
  const rules = { stream, rules: state.value, reloaded };
  return (
    <>
      {mayManage && <GuestKeys {...rules} />}
      <Rules {...rules} mayManage={mayManage} />
      {mayManage && <Callback {...rules} />}
    </>
  );
}

import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { adminApi } from '../../lib/admin-api.ts';
import { textOf } from '../../lib/form-text.ts';
import { useResource } from '../../lib/resource.ts';
import { useAction } from '../../lib/use-action.ts';

/** What its members call the workspace. */
export function WorkspaceName() {
  const { state } = useResource(adminApi.ownWorkspace);
  const { busy, problem, run } = useAction();
  const seen = state.kind === 'ready' ? state.value : undefined;
  const save = (name: string): void =>
    run(async () => {
      await adminApi.renameOwnWorkspace(name, seen?.etag ?? null);
      // Its name stands in many places, which were read when the page began.
      location.reload();
    });
  return (
    <section className="card" aria-label="Workspace">
      <h2>Workspace</h2>
      {state.kind !== 'loading' && <ProblemNote problem={state.problem} />}
      {seen !== undefined && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            save(textOf(new FormData(event.currentTarget), 'name').trim());
          }}
        >
          <ProblemNote problem={problem} />
          <Field
            label="Name of the workspace"
            name="name"
            required
            defaultValue={seen.value.name}
            fault={problem?.faultOf('name')}
          />
          <div className="deeds">
            <Button type="submit" busy={busy}>
              {busy ? 'Saving…' : 'Save the name'}
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}

import type { StreamWithKey } from '#contracts';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { api, newIdempotencyKey } from '../../lib/api.ts';
import { textOf } from '../../lib/form-text.ts';
import { useAction } from '../../lib/use-action.ts';
import type { StepHeading } from './parts.ts';

interface NameStepProps {
  readonly heading: StepHeading;
  /** Others may not create streams. */
  readonly isOwner: boolean;
  readonly refresh: () => Promise<void>;
  /** The one time its key is seen. */
  readonly onCreated: (stream: StreamWithKey) => void;
  /** The page knows of it by now. */
  readonly onSeen: (id: string) => void;
}

export function NameStep({ heading, isOwner, refresh, onCreated, onSeen }: NameStepProps) {
  const { busy, problem, run } = useAction();
  const [idempotencyKey, setIdempotencyKey] = useState(newIdempotencyKey);
  const create = (form: FormData): void =>
    run(async () => {
      const stream = await api.createStream(textOf(form, 'name').trim(), idempotencyKey);
      onCreated(stream);
      await refresh();
      onSeen(stream.id);
    });
  return (
    <section className="card">
      <h2 ref={heading} tabIndex={-1}>
        Name your stream
      </h2>
      {isOwner ? (
        <form
          className="welcome-form"
          // What is sent after a change is another deed than what was refused before it.
          onChange={() => setIdempotencyKey(newIdempotencyKey())}
          onSubmit={(event) => {
            event.preventDefault();
            create(new FormData(event.currentTarget));
          }}
        >
          <p>
            A stream is where your encoder publishes. Forkcast sends it on to every platform that
            you choose.
          </p>
          <ProblemNote problem={problem} />
          <Field
            label="Name"
            name="name"
            defaultValue="My show"
            required
            hint="For you alone; the platforms do not see it."
            fault={problem?.faultOf('name')}
          />
          <footer>
            <Button type="submit" look="main" busy={busy}>
              {busy ? 'Creating…' : 'Create stream'}
            </Button>
          </footer>
        </form>
      ) : (
        <p>There is no stream yet. An owner of this workspace can create one.</p>
      )}
    </section>
  );
}

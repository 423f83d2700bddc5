import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { api } from '../../lib/api.ts';
import type { Named } from '../../lib/client.ts';
import { useAction } from '../../lib/use-action.ts';
import { roleFrom, roleWords } from '../../lib/role-words.ts';
import { useList } from '../../lib/use-list.ts';

export function Members() {
  const { items, problem, reload } = useList(api.members);
  return (
    <section className="card" aria-label="Members">
      <h2>Members</h2>
      <ProblemNote problem={problem} />
      <ul className="rows">
        {items?.map((member) => (
          <MemberRow key={member.id} member={member} reload={reload} />
        ))}
      </ul>
    </section>
  );
}

interface MemberRowProps {
  readonly member: Named<'Member'>;
  readonly reload: () => Promise<void>;
}

function MemberRow({ member, reload }: MemberRowProps) {
  const { id, email, name, role } = member;
  const { busy, problem, run } = useAction();
  const [asking, setAsking] = useState(false);
  const deed = (work: () => Promise<unknown>): void =>
    run(async () => {
      // Also after a refusal: the list may be of an earlier time.
      try {
        await work();
      } finally {
        await reload();
      }
    });
  return (
    <li>
      <span>{name === null ? email : `${name}, ${email}`}</span>
      <select
        aria-label={`Role of ${email}`}
        value={role}
        disabled={busy}
        onChange={(event) => deed(() => api.changeMember(id, roleFrom(event.target.value)))}
      >
        {roleWords.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
      <Button busy={busy} aria-label={`Remove ${email}`} onClick={() => setAsking(true)}>
        Remove
      </Button>
      <ProblemNote problem={problem} />
      {asking && (
        <ConfirmDialog
          title={`Remove ${email}?`}
          text="They see nothing of this workspace any more; tokens that they made stop working."
          verb="Remove"
          onClose={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false);
            deed(() => api.removeMember(id));
          }}
        />
      )}
    </li>
  );
}

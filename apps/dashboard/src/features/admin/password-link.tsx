import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { ShownOnce } from '../../components/shown-once.tsx';
import { adminApi } from '../../lib/admin-api.ts';
import type { Named } from '../../lib/client.ts';
import { useAction } from '../../lib/use-action.ts';

interface PasswordLinkProps {
  readonly user: Pick<Named<'UserDetail'>, 'id' | 'email'>;
}

/** Makes the link for somebody who has forgotten their password. */
export function PasswordLink({ user: { id, email } }: PasswordLinkProps) {
  const { busy, problem, run } = useAction();
  const [link, setLink] = useState<string>();
  const make = (): void =>
    run(async () => {
      const made = await adminApi.resetPassword(id);
      setLink(new URL(made.link, location.origin).href);
    });
  return (
    <>
      <Button busy={busy} aria-label={`Password link: ${email}`} onClick={make}>
        Password link
      </Button>
      <ProblemNote problem={problem} />
      {link !== undefined && (
        <ShownOnce
          title={`Send this to ${email}`}
          label="Link"
          value={link}
          onClose={() => setLink(undefined)}
        >
          With it they choose a new password, once, within a day; until then theirs works. It is
          shown only now.
        </ShownOnce>
      )}
    </>
  );
}

import { useState } from 'react';
import type { ComponentType } from 'react';
import { Button } from '../../components/button.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { ShownOnce } from '../../components/shown-once.tsx';
import { useAction } from '../../lib/use-action.ts';
import { useList } from '../../lib/use-list.ts';

export interface GrantFormProps<Made> {
  readonly onClose: () => void;
  readonly onMade: (made: Made) => void;
}

interface GrantsProps<Item extends { readonly id: string }, Made> {
  readonly title: string;
  /** On the button that opens the form. */
  readonly verb: string;
  /** What it is for, while there is none. */
  readonly empty: string;
  /** Stays the same function. */
  readonly load: () => Promise<Item[]>;
  readonly revoke: (id: string) => Promise<unknown>;
  readonly Form: ComponentType<GrantFormProps<Made>>;
  readonly Line: ComponentType<{ readonly item: Item }>;
  /** On the button, for those who do not see the line. */
  readonly revokeWords: (item: Item) => string;
  /** What is shown this once of one that was made. */
  readonly secretOf: (made: Made) => {
    readonly title: string;
    readonly label: string;
    readonly value: string;
    readonly note: string;
  };
}

/** What lets somebody in, as a list: made with a secret that is shown once, and revoked. */
export function Grants<Item extends { readonly id: string }, Made>(props: GrantsProps<Item, Made>) {
  const { title, verb, empty, load, Form, Line, secretOf } = props;
  const { items, problem, reload } = useList(load);
  const revoking = useAction();
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<Made>();
  const revoke = (id: string): void =>
    revoking.run(async () => {
      // Also after a refusal: the list may be of an earlier time.
      try {
        await props.revoke(id);
      } finally {
        await reload();
      }
    });
  const secret = made && secretOf(made);
  return (
    <section className="card" aria-label={title}>
      <div className="page-head">
        <h2>{title}</h2>
        <Button look="main" onClick={() => setMaking(true)}>
          {verb}
        </Button>
      </div>
      <ProblemNote problem={problem ?? revoking.problem} />
      {items?.length === 0 && <p className="hint">{empty}</p>}
      <ul className="rows">
        {items?.map((item) => (
          <li key={item.id}>
            <span>
              <Line item={item} />
            </span>
            <Button
              busy={revoking.busy}
              aria-label={props.revokeWords(item)}
              onClick={() => revoke(item.id)}
            >
              Revoke
            </Button>
          </li>
        ))}
      </ul>
      {making && (
        <Form
          onClose={() => setMaking(false)}
          onMade={(news) => {
            setMaking(false);
            setMade(news);
            void reload();
          }}
        />
      )}
      {secret && (
        <ShownOnce {...secret} onClose={() => setMade(undefined)}>
          {secret.note}
        </ShownOnce>
      )}
    </section>
  );
}

import { initialsOf, markColour } from '../lib/marks.ts';
import './mark.css';

interface MarkProps {
  /** Decides its colour. */
  readonly id: string;
  readonly name: string;
}

/** Stands for a platform, beside its name: no logo of anybody's. */
export function Mark({ id, name }: MarkProps) {
  return (
    <span className={`mark mark-${markColour(id)}`} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}

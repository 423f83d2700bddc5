import { useId } from 'react';
import type { ReactNode, SelectHTMLAttributes } from 'react';

interface ChoiceProps extends SelectHTMLAttributes<HTMLSelectElement> {
  readonly label: string;
  readonly options: readonly (readonly [value: string, words: string])[];
  readonly hint?: ReactNode;
}

/** One of a few, each said in words; the hint is read out with it. */
export function Choice({ label, options, hint, ...select }: ChoiceProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} {...select} aria-describedby={hint === undefined ? undefined : `${id}-hint`}>
        {options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
      {hint !== undefined && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

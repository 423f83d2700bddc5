import { useId } from 'react';
import type { ReactNode, TextareaHTMLAttributes } from 'react';

interface TextLinesProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  readonly label: string;
  readonly hint: ReactNode;
  readonly fault?: string | undefined;
}

/** Several labelled lines of text; hint and fault are read out with them. */
export function TextLines({ label, hint, fault, ...lines }: TextLinesProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        spellCheck={false}
        autoCapitalize="none"
        {...lines}
        aria-invalid={fault === undefined ? undefined : true}
        aria-describedby={fault === undefined ? `${id}-hint` : `${id}-hint ${id}-fault`}
      />
      {fault !== undefined && (
        <p className="fault" id={`${id}-fault`}>
          {fault}
        </p>
      )}
      <p className="hint" id={`${id}-hint`}>
        {hint}
      </p>
    </div>
  );
}

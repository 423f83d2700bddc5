import type { LiveWarning } from '#contracts';

/** What will bite, and what to do: nothing where all is well. */
export function Warnings({ warnings }: { readonly warnings: readonly LiveWarning[] }) {
  return warnings.map(({ code, message }) => (
    <p className="note note-fair" key={`${code} ${message}`}>
      {message}
    </p>
  ));
}

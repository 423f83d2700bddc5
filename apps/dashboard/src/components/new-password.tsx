import { Field } from './field.tsx';

const lengthMin = 12;

interface NewPasswordProps {
  readonly label: string;
  readonly name?: string;
  /** What is to be known of it beside the rule. */
  readonly more?: string;
  readonly fault: string | undefined;
}

/** A password that is chosen now, with the rule that it has to follow. */
export function NewPassword({ label, name = 'password', more = '', fault }: NewPasswordProps) {
  return (
    <Field
      label={label}
      name={name}
      type="password"
      autoComplete="new-password"
      minLength={lengthMin}
      required
      hint={`At least ${lengthMin} characters; a short sentence is a good one. ${more}`.trim()}
      fault={fault}
    />
  );
}

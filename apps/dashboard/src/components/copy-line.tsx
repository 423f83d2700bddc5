import { useEffect, useId, useRef, useState } from 'react';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

const thanksMs = 2_000;

interface CopyLineProps {
  readonly label: string;
  readonly value: string;
}

/** A value to carry elsewhere. Where the browser forbids copying (plain HTTP), it is selected. */
export function CopyLine({ label, value }: CopyLineProps) {
  const id = useId();
  const line = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (said === '') return undefined;
    const timer = setTimeout(() => setSaid(''), thanksMs);
    return () => clearTimeout(timer);
  }, [said]);

  const copy = async (): Promise<void> => {
    line.current?.select();
    try {
      await navigator.clipboard.writeText(value);
      setSaid('Copied');
    } catch {
      setSaid('Press Ctrl+C');
    }
  };

  return (
    <div className="copy-line">
      <label htmlFor={id}>{label}</label>
      <input id={id} ref={line} readOnly value={value} onFocus={(event) => event.target.select()} />
      <Button onClick={() => void copy()} aria-label={`Copy ${label.toLowerCase()}`}>
        <Icon name={said === 'Copied' ? 'check' : 'copy'} />
        <span aria-live="polite">{said === '' ? 'Copy' : said}</span>
      </Button>
    </div>
  );
}

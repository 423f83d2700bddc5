import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { Mark } from '../../components/mark.tsx';
import { usePresets } from '../../lib/platforms.ts';
import { platformOrder, platformsFor, shownAtFirst } from './platform-order.ts';

interface PlatformGridProps {
  readonly onPick: (platformId: string) => void;
}

/** The platforms to choose from. */
export function PlatformGrid({ onPick }: PlatformGridProps) {
  const presets = usePresets();
  const [text, setText] = useState('');
  const [all, setAll] = useState(false);
  if (presets === undefined) return <p className="quiet-start">Loading the platforms…</p>;
  const ordered = platformOrder(presets);
  return (
    <>
      {presets.length === 0 && (
        <p className="note note-fair">
          The list of platforms did not come. Any server can be added by its URL.
        </p>
      )}
      <Field
        label="Find a platform"
        type="search"
        autoComplete="off"
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <ul className="platform-grid" aria-label="Platforms">
        {platformsFor(ordered, text, all).map(({ id, name }) => (
          <li key={id}>
            <button type="button" onClick={() => onPick(id)}>
              <Mark id={id} name={name} />
              <span>{name}</span>
            </button>
          </li>
        ))}
      </ul>
      {!all && text.trim() === '' && ordered.length > shownAtFirst + 2 && (
        <div>
          <Button onClick={() => setAll(true)}>Show all {ordered.length}</Button>
        </div>
      )}
    </>
  );
}

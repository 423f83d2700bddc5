import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';

interface TabsProps {
  readonly label: string;
  readonly tabs: readonly {
    readonly id: string;
    readonly words: string;
    readonly content: ReactNode;
  }[];
}

/** Several views of one thing, one of which is shown. Arrow keys go from tab to tab. */
export function Tabs({ label, tabs }: TabsProps) {
  return (
    <Base.Root defaultValue={tabs[0]?.id}>
      <Base.List className="tabs" aria-label={label}>
        {tabs.map(({ id, words }) => (
          <Base.Tab key={id} value={id} className="tab">
            {words}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map(({ id, content }) => (
        <Base.Panel key={id} value={id}>
          {content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}

import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';

const keys: readonly (readonly [key: string, does: string])[] = [
  ['Tab', 'To the next thing; with Shift, back. The first leads past the navigation.'],
  ['↑ ↓', 'Between the destinations of a stream.'],
  ['Space', 'Switches the destination that the focus is on.'],
  ['R', 'In a destination: tries it again now.'],
  ['E', 'In a destination: edits its key.'],
  ['F6', 'To what was said at the lower edge of the page.'],
  ['Escape', 'Closes what lies in front of the page.'],
];

/** What can be done without a mouse. Single letters work in a destination's row, and only there. */
export function KeysHelp({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Keys" onClose={onClose}>
      <dl className="keys">
        {keys.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <footer>
        <Button look="main" onClick={onClose}>
          Done
        </Button>
      </footer>
    </Dialog>
  );
}

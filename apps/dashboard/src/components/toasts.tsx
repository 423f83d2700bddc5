import { Toast } from '@base-ui/react/toast';
import { useEffect } from 'react';
import { toasts } from '../lib/toasts.ts';
import { Icon } from './icon.tsx';

/** Long enough to read two sentences. What went wrong stays until it is closed. */
const shownMs = 6_000;
const manager = Toast.createToastManager();

/** Shows what `toasts` tells. F6 leads here; a screen reader hears it at once. */
export function Toasts() {
  useEffect(
    () =>
      toasts.subscribe(({ tone, text }) => {
        const lasting = tone === 'bad';
        manager.add({
          title: text,
          type: tone,
          timeout: lasting ? 0 : shownMs,
          priority: lasting ? 'high' : 'low',
        });
      }),
    [],
  );
  return (
    <Toast.Provider toastManager={manager}>
      <Toast.Portal>
        <Toast.Viewport className="toasts">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function ToastList() {
  return Toast.useToastManager().toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className={`toast tone-${toast.type}`}>
      <Toast.Content className="toast-content">
        <Toast.Title render={<p />} />
        {/* Theirs hides it from screen readers while the list is folded; ours never is. */}
        <Toast.Close className="button-icon" aria-label="Close" aria-hidden={false}>
          <Icon name="close" />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}

import { problemFrom } from './api-problem.ts';

/** A short word about something that was done, or was not. */
export interface ToastWords {
  readonly tone: 'good' | 'bad';
  readonly text: string;
}

type Listener = (toast: ToastWords) => void;

const listeners = new Set<Listener>();

function tell(toast: ToastWords): void {
  for (const listener of listeners) listener(toast);
}

/** Outside React, so that what is no component can speak, too. */
export const toasts = {
  say: (text: string): void => tell({ tone: 'good', text }),
  /** `doing` as in "Ending the session": what did not come about, before the reason. */
  fail: (thrown: unknown, doing: string): void =>
    tell({ tone: 'bad', text: `${doing} failed. ${problemFrom(thrown).message}` }),
  subscribe(listener: Listener): () => void {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};

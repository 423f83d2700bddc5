import { Icon } from '../../components/icon.tsx';
import { isDone, steps } from './steps.ts';
import type { Facts, Step } from './steps.ts';

const words: Readonly<Record<Step, string>> = {
  name: 'Name',
  encoder: 'Encoder',
  destinations: 'Destinations',
  live: 'Go live',
};

interface StepListProps {
  readonly at: Step;
  readonly facts: Facts;
  readonly onGo: (step: Step) => void;
}

/** Where one is. To what can be reached, one may go. */
export function StepList({ at, facts, onGo }: StepListProps) {
  return (
    <ol className="welcome-steps" aria-label="Steps">
      {steps.map((step, index) => {
        const done = isDone(step, facts);
        const content = (
          <>
            <span className="welcome-number" aria-hidden="true">
              {done ? <Icon name="check" /> : index + 1}
            </span>
            {words[step]}
            {done && <span className="unseen">, done</span>}
          </>
        );
        const canGo = facts.hasStream && step !== 'name' && step !== at;
        return (
          <li key={step} aria-current={step === at ? 'step' : undefined}>
            {canGo ? (
              <button type="button" onClick={() => onGo(step)}>
                {content}
              </button>
            ) : (
              <span>{content}</span>
            )}
          </li>
        );
      })}
    </ol>
  );
}

import type { PlannedFault } from './fault-plan.ts';
import type { Scene } from './scene.ts';

/**
 * Does one fault and takes it back again, which takes as long as the fault lasts. Gives what is
 * worth a note.
 */
export type Act = (scene: Scene, fault: PlannedFault) => Promise<string | undefined>;

/** An act without a note. */
export type SilentAct = (scene: Scene, fault: PlannedFault) => Promise<void> | void;

export function acts<Name extends string>(silent: Record<Name, SilentAct>): Record<Name, Act> {
  const entries = Object.entries<SilentAct>(silent).map(([name, act]): [string, Act] => [
    name,
    async (scene, fault) => {
      await act(scene, fault);
      return undefined;
    },
  ]);
  return Object.fromEntries(entries) as Record<Name, Act>;
}

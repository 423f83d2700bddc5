import { api } from '../../lib/api.ts';
import { useResource } from '../../lib/resource.ts';

/** Whether nobody has an account yet; undefined while that is not known. */
export function useSetUpPending(): boolean | undefined {
  const { state } = useResource(api.setUpPending);
  return state.kind === 'ready' ? state.value.pending : undefined;
}

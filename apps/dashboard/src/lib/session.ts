import type { Permission } from '#control';
import { createContext, useContext } from 'react';
import type { Named } from './client.ts';
import { chosenWorkspace } from './workspace-choice.ts';

export type Session = Named<'Session'>;
export type OwnWorkspace = Session['workspaces'][number];

export const SessionContext = createContext<Session | undefined>(undefined);

/** Who looks at this page. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('useSession is for what stands inside the shell');
  return session;
}

/** The workspace that the page is about; undefined for somebody who is in none. */
export function workspaceOf({ workspaces }: Session): OwnWorkspace | undefined {
  return workspaces.find(({ id }) => id === chosenWorkspace()) ?? workspaces[0];
}

/** Whether whoever looks may do this in the workspace that the page is about. */
export function useMay(permission: Permission): boolean {
  return workspaceOf(useSession())?.permissions.includes(permission) ?? false;
}

import type { LiveWarning } from '#contracts';
import type { Incident } from './timeline-pen.ts';

/** How the timeline tells of a warning that began, or that is over. */
export function warningIncident(
  { message, destinationIds }: LiveWarning,
  isOver: boolean,
): Incident {
  const [destinationId, ...others] = destinationIds;
  const isOfOne = destinationId !== undefined && others.length === 0;
  return {
    code: isOver ? 'PUSH_WARNING_OVER' : 'PUSH_WARNING',
    message: isOver ? `No longer so: ${message}` : message,
    ...(isOfOne && { destinationId }),
  };
}

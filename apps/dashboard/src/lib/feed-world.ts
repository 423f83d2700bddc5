import { api } from './api.ts';
import { problemFrom } from './api-problem.ts';
import type { FeedWorld } from './live-feed.ts';
import { inWorkspace } from './workspace-link.ts';

/** An event stream cannot send a header. */
const eventsPath = (): string => inWorkspace('/api/v1/events');

/** The browser and the server, as the live feed needs them. */
export const feedWorld: FeedWorld = {
  openEvents: () => new EventSource(eventsPath()),
  load: api.wholeStreams,
  loadHistory: api.history,
  askWhy: async () => {
    const enough = new AbortController();
    const answer = await fetch(eventsPath(), { signal: enough.signal }).catch((thrown: unknown) => {
      throw problemFrom(thrown);
    });
    // If it is granted by now: its place is for the one that stays.
    enough.abort();
    return answer.status;
  },
  random: Math.random,
};

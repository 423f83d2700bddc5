import { parentPort, workerData } from 'node:worker_threads';
import { assert, systemClock, systemTimers } from '#kernel';
import { Lane } from './lane.ts';
import { watchBuffers } from './lane-memory.ts';
import type { LaneThreadData } from './lane-thread.ts';
import type { ThreadCommand } from './messages.ts';
import { keepPulse } from './pulse.ts';

const port = parentPort;
assert(port !== null, 'a lane runs in a worker thread');
const { settings, pulse, mark } = workerData as LaneThreadData;
const lane = new Lane(settings, {
  clock: systemClock,
  timers: systemTimers,
  report: (report) => port.postMessage(report),
  mark,
});
const stopPulse = keepPulse(pulse, { clock: systemClock, timers: systemTimers });
const stopWatching = watchBuffers(systemTimers);
port.on('message', (command: ThreadCommand) => {
  if (command.kind !== 'end') {
    lane.onCommand(command);
    return;
  }
  lane.end();
  // With the lane's sockets and timers, these keep the thread alive.
  stopPulse();
  stopWatching();
  port.close();
});

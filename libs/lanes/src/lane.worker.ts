import { parentPort, workerData } from 'node:worker_threads';
import { assert, systemClock, systemTimers } from '#kernel';
import { Lane } from './lane.ts';
import type { LaneThreadData } from './lane-pool.ts';
import type { LaneCommand } from './messages.ts';
import { keepPulse } from './pulse.ts';

const port = parentPort;
assert(port !== null, 'a lane runs in a worker thread');
const { settings, pulse } = workerData as LaneThreadData;
const lane = new Lane(settings, {
  clock: systemClock,
  timers: systemTimers,
  report: (report) => port.postMessage(report),
});
port.on('message', (command: LaneCommand) => lane.onCommand(command));
keepPulse(pulse, systemTimers);

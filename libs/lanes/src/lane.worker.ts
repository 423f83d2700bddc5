import { parentPort, workerData } from 'node:worker_threads';
import { assert, systemClock, systemTimers } from '#kernel';
import { Lane } from './lane.ts';
import type { LaneCommand } from './messages.ts';
import type { LaneSettings } from './settings.ts';

const port = parentPort;
assert(port !== null, 'a lane runs in a worker thread');
const lane = new Lane(workerData as LaneSettings, {
  clock: systemClock,
  timers: systemTimers,
  report: (report) => port.postMessage(report),
});
port.on('message', (command: LaneCommand) => lane.onCommand(command));

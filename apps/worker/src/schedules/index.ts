import type { WorkerPart } from '../worker-part.ts';
import { ScheduleDesk } from './schedule-desk.ts';
import { ScheduleSweep } from './schedule-sweep.ts';

/** Begins and ends by the clock. */
export const schedules: WorkerPart = { providers: [ScheduleDesk, ScheduleSweep], duties: [] };

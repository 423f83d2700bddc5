import { join } from 'node:path';
import { systemClock, systemTimers } from '#kernel';
import { freePorts } from '#testing';
import type { Forkcast } from '../../e2e/forkcast.ts';
import { appPlan } from '../../../tools/lifecycle/app-plan.ts';
import { stopWithinMs } from '../../../tools/lifecycle/stop-budget.ts';
import { SupervisedProcess } from '../../../tools/supervise/supervised-process.ts';

const REPOSITORY = join(import.meta.dirname, '..', '..', '..');
const DRAIN_SECONDS = 5;

/** Another relay on the stores of a product, as a second machine would run it. */
export class SecondRelay {
  readonly rtmpPort: number;
  readonly lines: string[] = [];
  readonly #process: SupervisedProcess;

  private constructor(rtmpPort: number, environment: NodeJS.ProcessEnv) {
    this.rtmpPort = rtmpPort;
    const plan = appPlan('relay', {
      repository: REPOSITORY,
      environment,
      stopWithinMs: stopWithinMs('relay', DRAIN_SECONDS),
    });
    this.#process = new SupervisedProcess(plan, {
      clock: systemClock,
      timers: systemTimers,
      events: {
        line: (_name, _source, text) => this.lines.push(text),
        incident: (_name, sentence) => this.lines.push(sentence),
      },
    });
  }

  static async start(forkcast: Forkcast, nodeId: string): Promise<SecondRelay> {
    const { PATH, HOME } = process.env;
    const [rtmpPort = 0] = await freePorts(1);
    const [databaseUrl, redisUrl] = await Promise.all([
      forkcast.databaseUrl(),
      forkcast.redisUrl(),
    ]);
    const one = new SecondRelay(rtmpPort, {
      PATH,
      HOME,
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      REDIS_URL: redisUrl,
      FORKCAST_NODE_ID: nodeId,
      FORKCAST_DATA_DIR: join(forkcast.directory, nodeId),
      FORKCAST_MASTER_KEY_FILE: join(forkcast.directory, 'data', 'master.key'),
      FORKCAST_DRAIN_SECONDS: `${DRAIN_SECONDS}`,
      ALLOW_PRIVATE_DESTINATIONS: '127.0.0.0/8',
      BIND_HOST: '127.0.0.1',
      RTMP_PORT: `${rtmpPort}`,
      RTMPS_PORT: '0',
      METRICS_PORT: '0',
      RELAY_LANES: '1',
    });
    await one.#process.start();
    return one;
  }

  /** In order, as SIGTERM does it. */
  async stop(): Promise<void> {
    await this.#process.stop();
  }
}

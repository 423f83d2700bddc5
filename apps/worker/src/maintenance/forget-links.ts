import { Inject, Injectable } from '@nestjs/common';
import type { Resources } from '../resources.ts';
import { RESOURCES } from '../tokens.ts';
import type { Duty } from '../worker-part.ts';

/** Forgets publish links that were used and whose time is over: their expiry refuses them. */
@Injectable()
export class ForgetLinks implements Duty {
  readonly task = 'forgetLinks';
  readonly everyMs = 3_600_000;

  constructor(@Inject(RESOURCES) private readonly resources: Resources) {}

  async run(): Promise<void> {
    const { clock, database } = this.resources;
    await database.system.publishLinks.forgetExpired(new Date(clock.wallMs()));
  }
}

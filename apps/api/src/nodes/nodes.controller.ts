import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Clock } from '#kernel';
import type { Live } from '#live';
import { Requires } from '../auth/requires.ts';
import { CLOCK, LIVE } from '../infrastructure/tokens.ts';
import { Answers } from '../web/answers.ts';
import { nodeSchema, nodeView } from './node-view.ts';

const nodesSchema = z.object({ items: z.array(nodeSchema) }).meta({ id: 'RelayNodes' });

/** The relays that are there, for those who are above the instance. */
@ApiTags('instance')
@Controller('nodes')
export class NodesController {
  constructor(
    @Inject(LIVE) private readonly live: Live,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Relays with their lanes and load. One that has said nothing for ten seconds is not there. */
  @Requires('instance:manage')
  @Get()
  @Answers(200, nodesSchema)
  async list() {
    const nowMs = this.clock.wallMs();
    const nodes = await this.live.presence.nodes();
    return { items: nodes.map((node) => nodeView(node, nowMs)) };
  }
}

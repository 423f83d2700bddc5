import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { platformListSchema, platformSchema } from '#contracts';
import { findPlatform, platforms } from '#platforms';
import { Requires } from '../auth/requires.ts';
import { Answers, Refuses } from '../web/answers.ts';
import { platformMissing } from './platform-missing.ts';

/** What is known of the platforms: servers, limits, where to find the key, and since when. */
@ApiTags('platforms')
@Controller('platforms')
export class PlatformsController {
  @Requires('streams:read')
  @Get()
  @Answers(200, platformListSchema, { items: platforms.slice(0, 1) })
  list() {
    return { items: platforms };
  }

  @Requires('streams:read')
  @Get(':id')
  @Answers(200, platformSchema, platforms[0])
  @Refuses(404, { PLATFORM_NOT_FOUND: 'There is no such platform.' })
  read(@Param('id') id: string) {
    const platform = findPlatform(id);
    if (platform === undefined) throw platformMissing();
    return platform;
  }
}

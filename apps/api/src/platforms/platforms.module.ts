import { Controller, Get, Module } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { platformListSchema } from '#contracts';
import { platforms } from '#platforms';
import { Answers } from '../web/answers.ts';

@ApiTags('platforms')
@Controller('platforms')
export class PlatformsController {
  @Get()
  @Answers(200, platformListSchema)
  list() {
    return { items: platforms };
  }
}

@Module({ controllers: [PlatformsController] })
export class PlatformsModule {}

import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Requires } from '../auth/requires.ts';
import type { ApiEnvironment } from '../env.ts';
import { ENVIRONMENT } from '../infrastructure/tokens.ts';
import { Answers } from '../web/answers.ts';
import { settingsSchema, settingsView } from './setting-view.ts';

/** What the operator has set, for those who are above the instance. */
@ApiTags('instance')
@Controller('settings')
export class SettingsController {
  constructor(@Inject(ENVIRONMENT) private readonly environment: ApiEnvironment) {}

  /**
   * The environment of the API that answers, as it is in effect. It is changed where the process is
   * started; of secrets only whether they are set is told.
   */
  @Requires('instance:manage')
  @Get()
  @Answers(200, settingsSchema)
  read() {
    return { items: settingsView(this.environment) };
  }
}

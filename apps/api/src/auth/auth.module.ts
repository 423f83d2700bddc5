import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessChanges } from './access-changes.ts';
import { Authenticator } from './authenticator.ts';
import { FirstAdministrator } from './first-administrator.ts';
import { SessionController } from './session.controller.ts';
import { Sessions } from './sessions.ts';
import { SetUpController } from './set-up.controller.ts';
import { SignInGuard } from './sign-in.guard.ts';
import { SignIn } from './sign-in.ts';

/** Who asks: sessions, the bootstrap token, the first administrator. */
@Module({
  controllers: [SessionController, SetUpController],
  providers: [
    AccessChanges,
    Authenticator,
    FirstAdministrator,
    Sessions,
    SignIn,
    { provide: APP_GUARD, useClass: SignInGuard },
  ],
  exports: [AccessChanges, Authenticator, FirstAdministrator, Sessions],
})
export class AuthModule {}

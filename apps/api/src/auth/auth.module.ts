import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessChanges } from './access-changes.ts';
import { AccountController } from './account.controller.ts';
import { ApiTokens } from './api-tokens.ts';
import { Authenticator } from './authenticator.ts';
import { ChangePassword } from './change-password.use-case.ts';
import { FirstAdministrator } from './first-administrator.ts';
import { PasswordWork } from './password-work.ts';
import { SessionController } from './session.controller.ts';
import { Sessions } from './sessions.ts';
import { SetUpController } from './set-up.controller.ts';
import { SignInGuard } from './sign-in.guard.ts';
import { SignIn } from './sign-in.ts';

/** Who asks: sessions, the bootstrap token, the first administrator. */
@Module({
  controllers: [AccountController, SessionController, SetUpController],
  providers: [
    AccessChanges,
    ApiTokens,
    Authenticator,
    ChangePassword,
    FirstAdministrator,
    PasswordWork,
    Sessions,
    SignIn,
    { provide: APP_GUARD, useClass: SignInGuard },
  ],
  exports: [AccessChanges, Authenticator, FirstAdministrator, PasswordWork, Sessions],
})
export class AuthModule {}

import { Body, Controller, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { cursorQuerySchema, pageSchema } from '#contracts';
import type { CursorQuery } from '#contracts';
import { changeUserBodySchema, createUserBodySchema, userDetailSchema } from '#control';
import type { ChangeUserBody, CreateUserBody, UserDetail } from '#control';
import { Database } from '#persistence';
import type { UserRecord } from '#persistence';
import { AccessChanges } from '../auth/access-changes.ts';
import { PasswordWork } from '../auth/password-work.ts';
import { Requires } from '../auth/requires.ts';
import { ProblemError } from '../problem/problem-error.ts';
import { Answers, Refuses } from '../web/answers.ts';
import { definedOf } from '../web/defined-of.ts';

/** Everybody who has an account, for those who are above the instance. */
@ApiTags('users')
@Controller('users')
export class UsersController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PasswordWork) private readonly passwords: PasswordWork,
    @Inject(AccessChanges) private readonly changes: AccessChanges,
  ) {}

  @Requires('instance:manage')
  @Get()
  @Answers(200, pageSchema(userDetailSchema))
  async list(@Query({ schema: cursorQuerySchema }) query: CursorQuery) {
    const page = await this.database.system.users.page(query);
    return { ...page, items: page.items.map(userDetail) };
  }

  /** A member of nothing yet: invite them, or let them make a workspace. */
  @Requires('instance:manage')
  @Post()
  @Answers(201, userDetailSchema)
  @Refuses(409, { ROW_EXISTS: 'This already exists.' })
  async create(@Body({ schema: createUserBodySchema }) body: CreateUserBody) {
    const { email, password, name, isInstanceAdmin } = body;
    const passwordHash = await this.passwords.hash(password);
    const settings = { email, passwordHash, name: name ?? null, instanceAdmin: isInstanceAdmin };
    return userDetail(await this.database.system.users.create(settings));
  }

  @Requires('instance:manage')
  @Get(':id')
  @Answers(200, userDetailSchema)
  async read(@Param('id') id: string) {
    const user = await this.database.system.users.find(id);
    if (user === undefined) throw new ProblemError('USER_NOT_FOUND');
    return userDetail(user);
  }

  /** Whoever is disabled is signed out everywhere, and their tokens are refused. */
  @Requires('instance:manage')
  @Patch(':id')
  @Answers(200, userDetailSchema)
  @Refuses(409, { LAST_OWNER: 'Somebody must be left who is above the instance.' })
  async change(
    @Param('id') id: string,
    @Body({ schema: changeUserBodySchema }) body: ChangeUserBody,
  ) {
    const change = await this.database.system.users.change(id, definedOf(body));
    if (change === 'no-user') throw new ProblemError('USER_NOT_FOUND');
    if (change === 'last-admin') {
      throw new ProblemError('LAST_OWNER', 'Somebody must be left who is above the instance.');
    }
    this.changes.tell();
    return userDetail(change);
  }
}

function userDetail(record: UserRecord): UserDetail {
  const { id, email, name, isInstanceAdmin, isDisabled, createdAt, standings } = record;
  const workspaces = standings.map(({ workspaceId, workspaceName, role }) => ({
    id: workspaceId,
    name: workspaceName,
    role,
  }));
  return {
    ...{ id, email, name, isInstanceAdmin, isDisabled, workspaces },
    createdAt: createdAt.toISOString(),
  };
}

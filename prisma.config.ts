import { defineConfig } from 'prisma/config';

/** For Prisma's own tools only: the apps connect through libs/persistence. */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  // Generating needs no database, and `env()` would refuse to run without one.
  datasource: { url: process.env['DATABASE_URL'] ?? 'postgresql://unset' },
});

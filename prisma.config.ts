import { defineConfig } from 'prisma/config';

/** For Prisma's own tools only. The apps connect through libs/persistence and migrate themselves at start. */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  // Generating needs no database, and `env()` would refuse to run without one.
  datasource: { url: process.env['DATABASE_URL'] ?? 'postgresql://unset' },
});

import { defineConfig } from 'drizzle-kit';

/** `npm run migration -- --name what-changes` writes the next migration from the schema; it needs no database. */
export default defineConfig({ dialect: 'sqlite', schema: './storage/schema.ts', out: './storage/migrations' });

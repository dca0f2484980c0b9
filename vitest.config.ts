import { defineConfig } from 'vitest/config';

/**
 * Tests that touch no database, or start the embedded one of a folder of their own, and those of how pages look and are worked
 * with in a browser (what stands on them is asked over HTTP by the journeys): what they say is the same whatever server
 * `DATABASE_URL` names. They run where none is named, and not once more on each server.
 */
const onTheirOwn = [
  'src/{channels,cli,example,shared,ui,web}/**',
  'src/platform/{postgres,sheets}/**',
  'src/platform/{files,log,served}.test.ts',
  'src/modules/registry/list/**',
  'tests/architecture/{structure,words}.test.ts',
  'tests/browser/**',
  'tests/journeys/{channels-http,channels-open,channels-smpp,channels-smtp,cli,demo,dispatch-kill,dispatch-processes,kannel,start,start-folder}.test.ts',
];

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'tests/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', ...(process.env.DATABASE_URL ? onTheirOwn : [])],
    globalSetup: ['tests/support/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // Modules are read once a worker, not once a file: a third of the time. Every file has a database of its own.
    isolate: false,
  },
});

import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    reporters: ['default', './test/support/closing-line.ts'],
    // Files share no state: each has a database and a stand-in of its own. Loading everything anew for each would cost more than the tests.
    isolate: false,
    maxWorkers: 2,
    // The engines field allows Node 20, where every process that loads the SDK would say that it is old.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
})

/** Tests run through swc, one transform for all; the app is synthesized once, before them. */
export default {
  testEnvironment: 'node',
  globalSetup: '<rootDir>/test/setup/synthesize.ts',
  // A journey with settings of its own synthesizes the app first; no test is about how long it takes.
  testTimeout: 300_000,
  // Jest would leave one core idle; on two that is half of them.
  maxWorkers: '100%',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2024', parser: { syntax: 'typescript' } } }],
  },
};

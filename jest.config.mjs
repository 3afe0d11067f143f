/** Tests run through swc, one transform for all; the app is synthesized once, before them. */
export default {
  testEnvironment: 'node',
  globalSetup: '<rootDir>/test/setup/synthesize.ts',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2024', parser: { syntax: 'typescript' } } }],
  },
};

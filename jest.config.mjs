import { existsSync, statSync } from 'node:fs';

/** `jest.full.config.mjs` also runs what takes minutes: files that end in `.full.test.ts`, and tables at full length. */
const isFull = process.env.ROOTDESK_TESTS === 'full';

/** Transforms TypeScript with swc, which checks no types. */
const common = {
  testEnvironment: 'node',
  testPathIgnorePatterns: isFull ? ['/node_modules/'] : ['/node_modules/', '\\.full\\.test\\.ts$'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2024', parser: { syntax: 'typescript' } } }],
  },
};

/** Tests that play the synthesized app or the sandbox. */
const journeys = [
  '<rootDir>/test/journeys/**/*.test.ts',
  '<rootDir>/test/sandbox/**/*.test.ts',
  '<rootDir>/test/fuzz/**/*.test.ts',
  '<rootDir>/test/tools/**/*.test.ts',
  '<rootDir>/test/bundles.test.ts',
];

/** Tests that read the CloudFormation template. */
const template = ['<rootDir>/test/lib/**/*.test.ts'];

/**
 * Jest takes every word after --selectProjects for the name of a project: the files among them, as in
 * `npx jest --selectProjects unit test/contract/duration.test.ts`, are the files to run.
 */
function filesAfterSelectProjects(words) {
  const at = words.indexOf('--selectProjects');
  const rest = at < 0 ? [] : words.slice(at + 1);
  const end = rest.findIndex((word) => word.startsWith('-'));
  const names = end < 0 ? rest : rest.slice(0, end);
  return names.filter((name) => existsSync(name) && statSync(name).isFile());
}

const files = filesAfterSelectProjects(process.argv).map((file) => `<rootDir>/${file.replace(/^\.\//, '')}`);
const only = (patterns) => (files.length > 0 ? files : patterns);

const not = (patterns) => patterns.map((pattern) => `!${pattern}`);

export default {
  // A journey with settings of its own synthesizes the app first; no test is about how long it takes.
  testTimeout: 300_000,
  // Jest would leave one core idle; on two that is half of them.
  maxWorkers: '100%',
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: only(['<rootDir>/test/**/*.test.ts', ...not([...journeys, ...template])]),
    },
    { ...common, displayName: 'template', testMatch: only(template) },
    {
      ...common,
      displayName: 'journeys',
      testMatch: only(journeys),
      globalSetup: '<rootDir>/test/setup/synthesize.ts',
      setupFilesAfterEnv: ['<rootDir>/test/setup/journeys.ts'],
    },
  ],
};

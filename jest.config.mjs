import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { projectOf } from './test/projects.ts';

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

const tests = readdirSync(join(import.meta.dirname, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => `test/${name.replaceAll(sep, '/')}`);
const asked = filesAfterSelectProjects(process.argv).map((file) => file.replace(/^\.\//, ''));

/** The test files of a project, or those of them that are asked for. */
function filesOf(project) {
  const files = tests.filter((file) => projectOf(file) === project);
  const chosen = asked.length > 0 ? files.filter((file) => asked.includes(file)) : files;
  // Jest takes an empty list for all files.
  return chosen.length > 0
    ? chosen.map((file) => `<rootDir>/${file}`)
    : ['<rootDir>/no test of this project'];
}

const projects = [
  { displayName: 'unit' },
  { displayName: 'template', globalSetup: '<rootDir>/test/setup/templates.ts' },
  {
    displayName: 'journeys',
    globalSetup: '<rootDir>/test/setup/synthesize.ts',
    setupFilesAfterEnv: ['<rootDir>/test/setup/journeys.ts'],
  },
];

export default {
  // A journey with settings of its own synthesizes the app first; no test is about how long it takes.
  testTimeout: 300_000,
  // Jest would leave one core idle; on two that is half of them.
  maxWorkers: '100%',
  projects: projects.map((project) => ({ ...common, ...project, testMatch: filesOf(project.displayName) })),
};

import { digestOfApp, placesOfApp } from '../../../sandbox/assembly/digest-of-sources.ts';
import { type GivenProject, givenProject } from './given-project.ts';

const fileIn = (place: string) => (/\.json$/.test(place) ? place : `${place}/deep/file.ts`);

let project: GivenProject;
beforeEach(() => {
  project = givenProject(Object.fromEntries(placesOfApp.map((place) => [fileIn(place), 'one'])));
});
afterEach(() => project.remove());

const digestAfter = (change: () => void) => {
  change();
  return digestOfApp(project.root);
};

describe('digestOfApp', () => {
  it('is the same when nothing changes', () => {
    expect(digestOfApp(project.root)).toBe(digestOfApp(project.root));
  });

  it.each([
    'bin',
    'contract',
    'lambdas',
    'lib',
    'policy',
    'scripts',
    'sandbox/assembly',
    'sandbox/cache',
    'cdk.json',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'node_modules/.package-lock.json',
  ])('differs when %s changes', (place) => {
    const before = digestOfApp(project.root);
    expect(digestAfter(() => project.write(fileIn(place), 'two'))).not.toBe(before);
  });

  it('differs when a file moves', () => {
    const before = digestOfApp(project.root);
    const moved = () => {
      project.write('lib/deep/other.ts', 'one');
      project.write('lib/deep/file.ts', '');
    };
    expect(digestAfter(moved)).not.toBe(before);
  });

  it('differs for another folder, with the same files', () => {
    const other = givenProject(Object.fromEntries(placesOfApp.map((place) => [fileIn(place), 'one'])));
    try {
      expect(digestOfApp(other.root)).not.toBe(digestOfApp(project.root));
    } finally {
      other.remove();
    }
  });

  it.each(['version', 'platform', 'arch'] as const)('differs with the %s of Node', (name) => {
    const before = digestOfApp(project.root);
    const real = Object.getOwnPropertyDescriptor(process, name);
    Object.defineProperty(process, name, { ...real, value: 'another' });
    try {
      expect(digestOfApp(project.root)).not.toBe(before);
    } finally {
      Object.defineProperty(process, name, { ...real });
    }
  });
});

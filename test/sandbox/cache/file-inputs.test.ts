import { mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync, utimesSync } from 'node:fs';
import { areUnchanged, recordInputs } from '../../../sandbox/cache/file-inputs.ts';
import { type GivenProject, givenProject } from './given-project.ts';

const files = ['lib/app.ts', 'node_modules/pkg/dist/index.js'];

let project: GivenProject;
beforeEach(() => {
  project = givenProject({
    'package.json': '{"type":"module"}',
    'lib/app.ts': 'one',
    'node_modules/pkg/package.json': '{"main":"dist/index.js"}',
    'node_modules/pkg/dist/index.js': 'one',
    'node_modules/other/index.js': 'other',
  });
});
afterEach(() => project.remove());

function isUnchangedAfter(change: () => void): boolean {
  const inputs = recordInputs(
    files.map((name) => project.path(name)),
    project.root,
  );
  change();
  return areUnchanged(inputs, project.root);
}

describe('areUnchanged', () => {
  it('holds when nothing was written', () => {
    expect(isUnchangedAfter(() => {})).toBe(true);
  });

  it.each<[string, (given: GivenProject) => void]>([
    ['a file has another content', ({ write }) => write('lib/app.ts', 'eno')],
    [
      'a file of a package has another content',
      ({ write }) => write('node_modules/pkg/dist/index.js', 'two'),
    ],
    ['a file is gone', ({ path }) => unlinkSync(path('lib/app.ts'))],
    ['a file appears beside another', ({ write }) => write('lib/app.js', '')],
    ['a file appears beside one of a package', ({ write }) => write('node_modules/pkg/dist/index.mjs', '')],
    ['a package says otherwise what it is', ({ write }) => write('node_modules/pkg/package.json', '{}')],
    ['the project says otherwise what it is', ({ write }) => write('package.json', '{}')],
    ['the project gets a tsconfig.json', ({ write }) => write('tsconfig.json', '{}')],
    ['a nearer package appears', ({ write }) => write('lib/node_modules/pkg/index.js', '')],
    ['a package of a package appears', ({ write }) => write('node_modules/pkg/node_modules/x/index.js', '')],
    ['a package is added', ({ write }) => write('node_modules/new/index.js', '')],
    [
      'a package becomes a link to another place',
      ({ path }) => {
        renameSync(path('node_modules/other'), path('elsewhere'));
        symlinkSync(path('elsewhere'), path('node_modules/other'));
      },
    ],
  ])('does not hold when %s', (_, change) => {
    expect(isUnchangedAfter(() => change(project))).toBe(false);
  });

  it('does not hold when a link leads elsewhere', () => {
    const { path, write } = project;
    write('a/pkg/index.js', '');
    write('b/pkg/index.js', '');
    rmSync(path('node_modules/other'), { recursive: true });
    symlinkSync(path('a/pkg'), path('node_modules/other'));
    const isUnchanged = isUnchangedAfter(() => {
      unlinkSync(path('node_modules/other'));
      symlinkSync(path('b/pkg'), path('node_modules/other'));
    });
    expect(isUnchanged).toBe(false);
  });

  it('does not hold when a content changes and neither size nor time does', () => {
    const isUnchanged = isUnchangedAfter(() => {
      project.write('node_modules/pkg/dist/index.js', 'eno');
      utimesSync(project.path('node_modules/pkg/dist/index.js'), 1, 1);
    });
    expect(isUnchanged).toBe(false);
  });

  it('holds when files appear that no import can find', () => {
    const isUnchanged = isUnchangedAfter(() => {
      project.write('.cache/made.json', '{}');
      project.write('README.md', 'text');
      mkdirSync(project.path('cdk.out'));
      project.write('node_modules/.cache/x.json', '{}');
    });
    expect(isUnchanged).toBe(true);
  });
});

import { type RootTaskName, rootTaskNames } from '../../contract/root-tasks.ts';

const otherSources = [
  'announce/notify.ts',
  'announce/publish.ts',
  'digest/index.ts',
  'give-up/index.ts',
  'give-up/sweep.ts',
  'organization-run/begin.ts',
  'organization-run/collate.ts',
  'organization-run/plan.ts',
  'refuse/index.ts',
] as const;

/** Path of a function's source below `lambdas/`; the file exports `handler`. */
export type FunctionSource = (typeof otherSources)[number] | `root-task/tasks/${RootTaskName}.ts`;

/** The sources of all functions, those of tasks that the settings leave out included. */
export const functionSources: readonly FunctionSource[] = [
  ...otherSources,
  ...rootTaskNames.map((task) => `root-task/tasks/${task}.ts` as const),
];

/** `refuse/index.ts` is bundled as `refuse`, `root-task/tasks/unlock-s3-bucket.ts` as `unlock-s3-bucket`. */
export function bundleName(source: FunctionSource): string {
  const parts = source.replace(/\.ts$/, '').split('/');
  return (parts.at(-1) === 'index' ? parts.at(-2) : parts.at(-1)) ?? source;
}

export type ProjectName = 'unit' | 'template' | 'journeys';

/** Tests that start a process, open a socket, or play the synthesized app. */
const journeys = [
  /^test\/journeys\/(?!scenes\/)/,
  /^test\/fuzz\//,
  /^test\/bundles\.test\.ts$/,
  /\/command-line\.(full\.)?test\.ts$/,
  /^test\/docs\/(diagnosis|service-control-policies)\./,
  /^test\/lib\/app\./,
  // A DynamoDB engine behind its wire protocol, or a server in the place of S3.
  /^test\/lambdas\/announce\/(announced|news)\./,
  /^test\/lambdas\/digest\/digest-of\./,
  /^test\/lambdas\/give-up\/(handler|races|sweep-handler)\./,
  /^test\/lambdas\/root-task\/(stopped|adapters\/(bucket-policies|delivery-lock|session-clients|target-locks))\./,
  /^test\/lambdas\/shared\/trail-(list|requests)\./,
  /^test\/sandbox\/aws\/(?!(detail|fault-rate|put-policies)\.)/,
  /^test\/sandbox\/assembly\/synthesize\./,
  /^test\/sandbox\/direct-invocation\./,
  /^test\/sandbox\/lambda\/(execution-environment|fleet)\./,
  /^test\/sandbox\/scenario\/(failure-queues|faulty-steps|owner-steps|queue-policies|run-scenario|set-parameter)\./,
  /^test\/sandbox\/(scheduler|step-functions)\//,
];

/** Tests that read the CloudFormation template. */
const template = [/^test\/lib\/(?!read-settings\.)/, /^test\/bench\/(bundles|idle-cost)\./];

/**
 * Which of Jest's projects a test file belongs to. test/projects.test.ts reads what each file imports, and finds those
 * that are in the wrong one.
 *
 * @param path from the root, with slashes
 */
export function projectOf(path: string): ProjectName {
  const isOneOf = (patterns: readonly RegExp[]) => patterns.some((pattern) => pattern.test(path));
  if (isOneOf(journeys)) return 'journeys';
  return isOneOf(template) ? 'template' : 'unit';
}

import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, NIST80053R5Checks } from 'cdk-nag';
import { acknowledgeSuppressions } from './suppressions.ts';

/** Has every synth of an app checked by cdk-nag; a finding that is not suppressed with a reason fails it. */
export function checkCompliance(app: App): void {
  // A rule of cdk-nag reads a deprecated property of every bus policy, and jsii would report it as if it were ours.
  Object.assign(process.env, { JSII_DEPRECATED: 'quiet' });
  acknowledgeSuppressions(app);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new NIST80053R5Checks(app));
}

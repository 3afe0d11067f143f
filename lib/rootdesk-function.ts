import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Settings } from '../contract/settings.ts';
import { functionCode } from './bundling/function-code.ts';
import type { FunctionSource } from './bundling/function-source.ts';
import type { FailureQueue } from './failure-queue.ts';

export interface RootdeskFunctionProps {
  /** Path of its source below `lambdas/`, for example `refuse/index.ts`; the file exports `handler`. */
  readonly source: FunctionSource;
  readonly settings: Settings;
  /**
   * Whether the settings travel inside its bundle.
   * @default false
   */
  readonly readsSettings?: boolean;
  /** @default 30 seconds */
  readonly timeout?: Duration;
  /** In MB. @default 256 */
  readonly memorySize?: number;
  /**
   * For functions that are invoked asynchronously: where an event goes that failed on every try.
   * @default the function is not invoked asynchronously
   */
  readonly failures?: FailureQueue;
}

/** What every function of the product has in common: runtime, bundling, JSON logs in its own group, its own role. */
export class RootdeskFunction extends Construct {
  readonly handler: LambdaFunction;
  readonly role: Role;
  /** Whether events are handed to it asynchronously: by a rule, that is, and not by a stream or a queue alone. */
  readonly isInvokedByEvents: boolean;

  constructor(scope: Construct, id: string, props: RootdeskFunctionProps) {
    super(scope, id);
    this.isInvokedByEvents = props.failures !== undefined;
    const sourcePath = `lambdas/${props.source}`;
    const logGroup = new LogGroup(this, 'Logs', { retention: props.settings.logRetentionDays });
    // Not CDK's default role: that one may create log groups and write to every group of the account.
    this.role = new Role(this, 'Role', {
      description: `What ${sourcePath} may do`,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    this.allow(
      new PolicyStatement({
        sid: 'WriteItsOwnLogs',
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );
    this.handler = new LambdaFunction(this, 'Handler', {
      description: sourcePath,
      code: functionCode({
        source: props.source,
        settings: props.readsSettings ? props.settings : undefined,
      }),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      timeout: props.timeout ?? Duration.seconds(30),
      memorySize: props.memorySize ?? 256,
      role: this.role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      environment: {
        NODE_OPTIONS: '--enable-source-maps',
        POWERTOOLS_SERVICE_NAME: 'rootdesk',
        POWERTOOLS_LOG_LEVEL: 'INFO',
      },
      ...(props.failures && {
        onFailure: props.failures.asDestination(),
        // Lambda tries again after about one and three minutes; both are the most it offers.
        retryAttempts: 2,
        maxEventAge: Duration.hours(6),
      }),
    });
  }

  /** Adds a statement to the function's own role. */
  allow(statement: PolicyStatement): void {
    this.role.addToPrincipalPolicy(statement);
  }

  /** Sets variables of the environment by the names that `contract/environment.ts` declares. */
  addEnvironment<Names extends Record<string, string>>(variables: Names): void {
    for (const [name, value] of Object.entries(variables)) this.handler.addEnvironment(name, value);
  }
}

import type { Credentials, DeployedFunction } from '../parts.ts';

/**
 * The environment of a function: exactly the template's variables, what Lambda itself sets (Lambda Developer Guide,
 * "Defined runtime environment variables"), and where the sandbox answers. The two files keep a developer's own AWS
 * configuration out.
 */
export function environmentVariables(
  fn: DeployedFunction,
  place: { readonly region: string; readonly endpoint: string; readonly logStream: string },
  credentials: Credentials,
): Record<string, string> {
  return {
    ...fn.environment,
    _HANDLER: fn.handler,
    AWS_REGION: place.region,
    AWS_DEFAULT_REGION: place.region,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memoryMb),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: logGroupOf(fn),
    AWS_LAMBDA_LOG_STREAM_NAME: place.logStream,
    AWS_LAMBDA_LOG_FORMAT: fn.logging?.format ?? 'Text',
    ...(fn.logging?.level ? { AWS_LAMBDA_LOG_LEVEL: fn.logging.level } : {}),
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    LAMBDA_TASK_ROOT: fn.assetDirectory,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_ENDPOINT_URL: place.endpoint,
  };
}

export function logGroupOf(fn: DeployedFunction): string {
  return fn.logging?.group ?? `/aws/lambda/${fn.name}`;
}

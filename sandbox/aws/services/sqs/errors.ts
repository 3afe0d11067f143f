import { AwsError } from '../../errors.ts';

/**
 * SQS spoke XML before it spoke JSON. For clients that knew its old error codes the header names them; SDK clients take
 * the code from there. Source: Smithy, "AWS query compatible trait".
 */
function compatible(status: number, code: string, message: string, queryCode = code): AwsError {
  return new AwsError(status, code, message, { headers: { 'x-amzn-query-error': `${queryCode};Sender` } });
}

export function accessDenied(message: string): AwsError {
  return compatible(403, 'AccessDeniedException', message, 'AccessDenied');
}

export function queueDoesNotExist(message = 'The specified queue does not exist.'): AwsError {
  return compatible(400, 'QueueDoesNotExist', message, 'AWS.SimpleQueueService.NonExistentQueue');
}

export function throttled(): AwsError {
  return compatible(403, 'RequestThrottled', 'Request is throttled.');
}

export function invalidAttributeValue(name: string): AwsError {
  return compatible(400, 'InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
}

export function overLimit(what: string, count: number, most: number): AwsError {
  return compatible(403, 'OverLimit', `${count} ${what} were found, maximum allowed is ${most}.`);
}

export function invalidAttributeName(name: string): AwsError {
  return compatible(400, 'InvalidAttributeName', `Unknown Attribute ${name}.`);
}

export function invalidParameterValue(name: string, value: string, reason: string): AwsError {
  return compatible(
    400,
    'InvalidParameterValueException',
    `Value ${value} for parameter ${name} is invalid. Reason: ${reason}.`,
    'InvalidParameterValue',
  );
}

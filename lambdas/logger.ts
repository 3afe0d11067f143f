import { Logger } from '@aws-lambda-powertools/logger';

/** The one logger of a function: JSON lines, the service's name and level from the Powertools environment. */
export const logger = new Logger({ serviceName: 'rootdesk' });

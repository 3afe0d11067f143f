/**
 * The kill switch: one parameter that says whether root tasks may run. Anything but `running` means stopped, and so
 * does a value that cannot be read.
 */
export const switchValues = ['running', 'stopped'] as const;
export type SwitchValue = (typeof switchValues)[number];

/** Name of the parameter in Systems Manager's Parameter Store. */
export const switchParameterName = '/rootdesk/root-tasks';

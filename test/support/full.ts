/** Whether this run proves everything (`npm run test:full`), or what a contributor waits for (`npm test`). */
export const isFullRun = process.env.ROOTDESK_TESTS === 'full';

/** Everything that is proven: the tests of `npm test`, the complete kill matrix, and every table at full length. */
process.env.ROOTDESK_TESTS = 'full';
const { default: everything } = await import('./jest.config.mjs');

export default everything;

// Plain JavaScript, so that an old Node can still read it and say what is wrong.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `rootdesk runs on Node 24; this is Node ${process.versions.node}.\n` +
      'The development dependency "node" brings it along: run `npm ci` without --ignore-scripts, then use the npm scripts.',
  );
  process.exit(1);
}

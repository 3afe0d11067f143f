import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { organizationAudit } from '../../../../examples/reports/organization-audit.ts';
import { reportFiles } from '../../../../lambdas/organization-run/report/files.ts';

const folder = join(import.meta.dirname, '..', '..', '..', '..', 'examples', 'reports', 'organization-audit');

it.each(reportFiles(organizationAudit))(
  'the example $name is what the code writes: node examples/reports/write.ts',
  ({ name, body }) => {
    expect(readFileSync(join(folder, name), 'utf8')).toBe(body);
  },
);

it('the example counts its accounts right', () => {
  const { counts, rows } = organizationAudit;
  const count = (wanted: string) => rows.filter((row) => row.class === wanted).length;
  expect(counts).toEqual({
    clean: count('clean'),
    withCredentials: count('with-credentials'),
    unknown: count('unknown'),
    leftOut: count('left-out'),
    failed: count('failed'),
  });
});

/** `unlock-s3-bucket` becomes `UnlockS3Bucket`, as construct ids are written. */
export function pascalCase(name: string): string {
  return name.replace(/(^|-)(\w)/g, (_match, _dash, letter: string) => letter.toUpperCase());
}

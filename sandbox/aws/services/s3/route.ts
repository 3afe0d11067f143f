import type { HttpRequest } from '../../http-request.ts';

const policyOperations: Readonly<Record<string, string>> = {
  GET: 'GetBucketPolicy',
  PUT: 'PutBucketPolicy',
  DELETE: 'DeleteBucketPolicy',
};

const objectOperations: Readonly<Record<string, string>> = {
  GET: 'GetObject',
  HEAD: 'HeadObject',
  PUT: 'PutObject',
  DELETE: 'DeleteObject',
};

/** Any other parameter names a part of the object (`retention`, `tagging`) or an upload in parts. */
const ofWholeObject = /^(?:versionId|response-.+)$/;

/** Which operation a request to S3 means, addressed by path or by host. What is not known keeps its outward name. */
export function route(request: HttpRequest): { operation: string; input: Record<string, string> } {
  const { bucket, key } = addressed(request);
  const query = new URLSearchParams(request.query);
  const sdkName = query.get('x-id');
  query.delete('x-id');
  const input = {
    ...Object.fromEntries(query),
    ...(bucket !== '' && { Bucket: bucket }),
    ...(key !== '' && { Key: key }),
  };
  const policyOperation = policyOperations[request.method];

  if (key === '' && bucket !== '' && query.has('policy') && policyOperation !== undefined) {
    return { operation: policyOperation, input };
  }
  if (key === '' && bucket !== '' && request.method === 'HEAD') return { operation: 'HeadBucket', input };
  if (key === '' && bucket !== '' && request.method === 'GET' && query.get('list-type') === '2') {
    return { operation: 'ListObjectsV2', input };
  }
  const objectOperation = objectOperations[request.method];
  const isCopy = 'x-amz-copy-source' in request.headers;
  if (key !== '' && !isCopy && objectOperation !== undefined && [...query.keys()].every(isOfWholeObject)) {
    return { operation: objectOperation, input };
  }
  if (bucket === '' && request.method === 'GET') return { operation: 'ListBuckets', input };
  const [subresource = ''] = [...query.keys()];
  const outward = `${request.method} /${bucket && 'bucket'}${key && '/key'}${subresource && `?${subresource}`}`;
  return { operation: sdkName ?? outward, input };
}

function isOfWholeObject(parameter: string): boolean {
  return ofWholeObject.test(parameter);
}

function addressed(request: HttpRequest): { bucket: string; key: string } {
  const byHost = /^(.+)\.(?:127\.0\.0\.1|localhost)(?::\d+)?$/.exec(request.headers.host ?? '')?.[1];
  const segments = decodeURIComponent(request.path).slice(1);
  if (byHost !== undefined) return { bucket: byHost, key: segments };
  const [bucket = '', ...rest] = segments.split('/');
  return { bucket, key: rest.join('/') };
}

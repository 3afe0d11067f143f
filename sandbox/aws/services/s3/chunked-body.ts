import { AwsError, notModelled } from '../../errors.ts';
import type { HttpRequest } from '../../http-request.ts';

/** What was sent: the object's own bytes, and the headers with those that came behind the body. */
export interface SentBody {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Takes `aws-chunked` apart, in which SDKs send what they stream: chunks with their lengths, then a checksum as a
 * trailer. Chunks with signatures of their own are not modelled.
 * Source: Amazon S3 API Reference, "Using trailing checksums".
 */
export function sentBody({ headers, body }: HttpRequest): SentBody {
  const hash = headers['x-amz-content-sha256'] ?? '';
  if (!hash.startsWith('STREAMING-')) return { body, headers };
  if (hash !== 'STREAMING-UNSIGNED-PAYLOAD-TRAILER') throw notModelled(`bodies sent as ${hash}`);

  const chunks: Buffer[] = [];
  let at = 0;
  const line = () => {
    const end = body.indexOf('\r\n', at);
    if (end === -1) throw incomplete();
    const text = body.toString('utf8', at, end);
    at = end + 2;
    return text;
  };
  for (let size = chunkSize(line()); size > 0; size = chunkSize(line())) {
    if (at + size + 2 > body.length) throw incomplete();
    chunks.push(body.subarray(at, at + size));
    at += size + 2;
  }
  const trailers: Record<string, string> = {};
  for (let trailer = line(); trailer !== ''; trailer = line()) {
    const [name = '', value = ''] = trailer.split(/:(.*)/s);
    trailers[name.toLowerCase()] = value.trim();
  }
  const decoded = Buffer.concat(chunks);
  if (headers['x-amz-decoded-content-length'] !== String(decoded.length)) throw incomplete();
  return { body: decoded, headers: { ...headers, ...trailers } };
}

function chunkSize(line: string): number {
  if (!/^[0-9a-f]+$/i.test(line)) throw incomplete();
  return Number.parseInt(line, 16);
}

function incomplete(): AwsError {
  return new AwsError(400, 'IncompleteBody', 'The request body terminated unexpectedly');
}

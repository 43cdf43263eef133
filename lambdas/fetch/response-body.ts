/** Reads a response's body: decoded as its Content-Encoding says, and cut off when it grows too large. */

import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import {
  brotliDecompress,
  constants,
  gunzip,
  inflate,
  inflateRaw,
  type ZstdOptions,
  zstdDecompress,
} from 'node:zlib';
import { FetchError } from './fetch-error.ts';

type Decode = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const decodeGzip: Decode = promisify<Buffer, object, Buffer>(gunzip);
const decodeBrotli: Decode = promisify<Buffer, object, Buffer>(brotliDecompress);
const decodeZlib: Decode = promisify<Buffer, object, Buffer>(inflate);
const decodeRaw: Decode = promisify<Buffer, object, Buffer>(inflateRaw);
const decodeZstd = promisify<Buffer, ZstdOptions, Buffer>(zstdDecompress);

/** The window that every zstd decoder must support (RFC 9659): more would be memory at the server's command. */
const zstdWindow = { [constants.ZSTD_d_windowLogMax]: 23 };

const decoders = new Map<string, Decode>([
  ['gzip', decodeGzip],
  ['br', decodeBrotli],
  ['zstd', (bytes, limit) => decodeZstd(bytes, { params: zstdWindow, ...limit })],
  ['deflate', (bytes, limit) => (hasZlibHeader(bytes) ? decodeZlib : decodeRaw)(bytes, limit)],
]);

/** What `readBody` can decode, for the Accept-Encoding header. */
export const ACCEPTED_ENCODINGS = [...decoders.keys()].join(', ');

/** Codings may be stacked; one on top of another is already odd. */
const MOST_CODINGS = 2;

/**
 * @param maxBytes limit of the decoded body, and of what comes over the wire
 * @throws FetchError `too-large` or `bad-encoding`; a broken connection's errors as Node throws them
 */
export async function readBody(response: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  let bytes = await readBytes(response, maxBytes);
  if (bytes.length === 0) return bytes;
  for (const coding of codings(response.headers['content-encoding'])) {
    bytes = await decode(bytes, coding, maxBytes);
  }
  return bytes;
}

async function readBytes(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (Number(response.headers['content-length']) > maxBytes) {
    response.destroy();
    throw tooLarge(maxBytes);
  }
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    length += chunk.length;
    if (length > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The codings to undo, the one applied last first (RFC 9110, section 8.4). */
function codings(contentEncoding = ''): string[] {
  const names = contentEncoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim().replace(/^x-/, ''))
    .filter((name) => name !== '' && name !== 'identity');
  if (names.length > MOST_CODINGS) throw new FetchError('bad-encoding', `Encoded ${names.length} times`);
  return names.reverse();
}

async function decode(bytes: Buffer, coding: string, maxBytes: number): Promise<Buffer> {
  const decoder = decoders.get(coding);
  if (!decoder) throw new FetchError('bad-encoding', `Unknown Content-Encoding ${coding}`);
  try {
    return await decoder(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxBytes);
    throw new FetchError('bad-encoding', `The body is not valid ${coding}`, { cause: error });
  }
}

/** "deflate" means zlib's format, yet some servers send the bare stream; the header's checksum tells (RFC 1950). */
function hasZlibHeader(bytes: Buffer): boolean {
  return bytes.length >= 2 && (bytes[0]! & 0x0f) === 8 && bytes.readUInt16BE(0) % 31 === 0;
}

function tooLarge(maxBytes: number): FetchError {
  return new FetchError('too-large', `The body is larger than ${maxBytes} bytes`);
}

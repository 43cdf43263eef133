/**
 * The S3 client that the adapters share. What is stored carries checksums of its own, which S3's would only repeat. One
 * that does not answer is given up in time for a function to do without.
 */
import { S3Client } from '@aws-sdk/client-s3';

export const s3 = new S3Client({
  requestChecksumCalculation: 'WHEN_REQUIRED',
  responseChecksumValidation: 'WHEN_REQUIRED',
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 2_000, socketTimeout: 8_000 },
});

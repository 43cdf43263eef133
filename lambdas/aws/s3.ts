/** The S3 client that the adapters share. What is stored carries checksums of its own, which S3's would only repeat. */
import { S3Client } from '@aws-sdk/client-s3';

export const s3 = new S3Client({
  requestChecksumCalculation: 'WHEN_REQUIRED',
  responseChecksumValidation: 'WHEN_REQUIRED',
});

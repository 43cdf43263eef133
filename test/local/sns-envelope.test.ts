import { verify, X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Identity, makeIdentity } from '../../local/services/certificate.ts';
import { envelope } from '../../local/services/sns-envelope.ts';

let identity: Identity;
beforeAll(async () => {
  identity = await makeIdentity('sns.us-east-1.amazonaws.com');
});

test('the certificate is a sound self-signed one', () => {
  const certificate = new X509Certificate(identity.certificate);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.checkIssued(certificate)).toBe(true);
  expect(certificate.subject).toBe('CN=sns.us-east-1.amazonaws.com');
  expect(certificate.validToDate.getUTCFullYear()).toBe(2049);
});

const notice = {
  messageId: 'm',
  topicArn: 'arn:aws:sns:us-east-1:000000000000:t',
  message: 'text\nof two lines',
  timestamp: '2026-11-23T08:00:00.000Z',
};

describe('the signature covers', () => {
  test.each([
    [
      'a notification',
      { ...notice, type: 'Notification' as const },
      'Message MessageId Timestamp TopicArn Type',
    ],
    [
      'a notification with a subject',
      { ...notice, type: 'Notification' as const, subject: 'S' },
      'Message MessageId Subject Timestamp TopicArn Type',
    ],
    [
      'a confirmation',
      { ...notice, type: 'SubscriptionConfirmation' as const, token: 'k' },
      'Message MessageId SubscribeURL Timestamp Token TopicArn Type',
    ],
  ])('%s', (_what, told, names) => {
    for (const signatureVersion of ['1', '2']) {
      const { privateKey } = identity;
      const context = { baseUrl: 'http://local', subscriptionArn: 'arn', privateKey, signatureVersion };
      const sent = JSON.parse(envelope(told, context));
      const text = names
        .split(' ')
        .map((name) => `${name}\n${sent[name]}\n`)
        .join('');
      const algorithm = signatureVersion === '2' ? 'sha256' : 'sha1';
      const { publicKey } = new X509Certificate(identity.certificate);
      const signature = Buffer.from(sent.Signature, 'base64');
      expect(verify(algorithm, Buffer.from(text), publicKey, signature)).toBe(true);
    }
  });
});

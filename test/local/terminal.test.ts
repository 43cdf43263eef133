import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { alertLine, createTerminal, isAlert } from '../../local/terminal.ts';

/** What is written to a stream that is a terminal, or none. */
function recorded(isTTY: boolean) {
  const written: string[] = [];
  const stream = Object.assign(new PassThrough(), { isTTY }) as unknown as NodeJS.WriteStream;
  stream.on('data', (chunk) => written.push(String(chunk)));
  return { stream, text: () => written.join('') };
}

test('a terminal shows progress in one line that goes away', () => {
  const { stream, text } = recorded(true);
  const terminal = createTerminal(stream);
  terminal.progress('first');
  terminal.progress('second');
  terminal.line('done');
  terminal.line('more');
  expect(text()).toBe('\r\u001b[Kfirst …\r\u001b[Ksecond …\r\u001b[Kdone\nmore\n');
});

test('a pipe gets plain lines', () => {
  const { stream, text } = recorded(false);
  const terminal = createTerminal(stream);
  terminal.progress('first');
  terminal.line('done');
  terminal.clear();
  expect(text()).toBe('first\ndone\n');
});

const at = '2026-11-23T08:00:12.000Z';
const mail = {
  id: '1',
  at,
  protocol: 'email',
  to: 'a@example.com',
  subject: 'A storm',
  body: 'Ein Stürmchen\n\nText',
};

test.each([
  ['a mail by its first line', mail, 'e-mail   a@example.com         Ein Stürmchen'],
  [
    'a text',
    { id: '2', at, protocol: 'sms', to: '+15555550100', body: 'Short' },
    'text     +15555550100          Short',
  ],
  [
    'a webhook by its subject',
    { ...mail, protocol: 'https', to: 'https://hook.example', body: '{"version":1}' },
    'webhook  https://hook.example  A storm',
  ],
])('an alert is one line: %s', (_, message, expected) => {
  const line = alertLine(message, recorded(false).stream);
  expect(line.replace(/^.*?\d\d:\d\d:\d\d\S*/, '').trim()).toBe(expected);
});

test('a long one is cut', () => {
  const line = alertLine({ ...mail, body: 'x'.repeat(200) }, recorded(false).stream);
  expect(line).toMatch(/ x{89}…$/);
});

test('a request to confirm is no alert', () => {
  expect(isAlert(mail)).toBe(true);
  expect(isAlert({ ...mail, body: 'You have chosen to subscribe to the topic:\narn' })).toBe(false);
});

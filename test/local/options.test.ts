import { describe, expect, test } from 'vitest';
import { help, readOptions } from '../../local/options.ts';

const standard = {
  port: 4747,
  data: '.tocsin',
  fresh: false,
  samples: true,
  help: false,
  sources: [],
  watches: [],
  channels: [],
};

test.each<[string, NodeJS.ProcessEnv, object]>([
  ['', {}, {}],
  ['--port 80', {}, { port: 80 }],
  ['--port=0', { PORT: '81' }, { port: 0 }],
  ['', { PORT: '81' }, { port: 81 }],
  ['--data /tmp/x --fresh --no-samples', {}, { data: '/tmp/x', fresh: true, samples: false }],
  ['--source http://a --source http://b', {}, { sources: ['http://a', 'http://b'] }],
  [
    '--watch ferry --sms +15555550100 --email a@example.com --webhook https://c',
    {},
    {
      watches: ['ferry'],
      channels: [
        { kind: 'email', address: 'a@example.com' },
        { kind: 'sms', address: '+15555550100' },
        { kind: 'webhook', address: 'https://c' },
      ],
    },
  ],
  ['--help', {}, { help: true }],
])('%s %j', (line, environment, expected) => {
  const args = line === '' ? [] : line.split(' ');
  expect(readOptions(args, environment)).toEqual({ ...standard, ...expected });
});

describe('what is wrong is said', () => {
  test.each<[string[], string]>([
    [['--sauce', 'x'], "Unknown option '--sauce'. See npm start -- --help."],
    [['--port', 'http'], 'http is no port'],
    [['--port', '70000'], '70000 is no port'],
    [['extra'], "Unexpected argument 'extra'"],
    [['--source'], "Option '--source <value>' argument missing. See npm start -- --help."],
  ])('%j', (args, message) => {
    expect(() => readOptions(args, {})).toThrow(message);
  });
});

test('the help names every flag', () => {
  for (const flag of ['port', 'data', 'fresh', 'no-samples', 'source', 'watch', 'email', 'sms', 'webhook'])
    expect(help).toContain(`--${flag}`);
});

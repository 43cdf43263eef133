import { describe, expect, test } from 'vitest';
import { crashDrill } from '../../local/runner/crash-drill.ts';
import type { Call } from '../../local/services/services-types.ts';

const publish: Call = {
  caller: 'Tocsin-Deliver1',
  service: 'sns',
  action: 'Publish',
  resources: ['arn:aws:sns:us-east-1:000000000000:Tocsin-channel-a'],
  phase: 'after',
};
const wordOf = (caller: string) => (caller === 'Tocsin-Deliver1' ? 'deliver' : undefined);

function crashes(drill: string, calls: readonly Call[]): boolean[] {
  let crashed = false;
  const watch = crashDrill(drill, wordOf, () => {
    crashed = true;
    return true;
  });
  return calls.map((call) => {
    crashed = false;
    watch(call);
    return crashed;
  });
}

test.each<[string, Call[], boolean[]]>([
  ['deliver:sns:Publish:after', [publish], [true]],
  ['Tocsin-Deliver1:sns:Publish:after', [publish], [true]],
  ['deliver:sns:Publish:after:2', [publish, publish, publish], [false, true, false]],
  ['deliver:sns:Publish:before', [publish, { ...publish, phase: 'before' }], [false, true]],
  ['deliver:sns:Publish@channel-a:after', [publish], [true]],
  ['deliver:sns:Publish@channel-b:after', [publish], [false]],
  ['match:sns:Publish:after', [publish], [false]],
  ['deliver:sns:Subscribe:after', [publish], [false]],
])('%s', (drill, calls, expected) => {
  expect(crashes(drill, calls)).toEqual(expected);
});

describe('what is no drill is refused', () => {
  test.each(['deliver', 'deliver:sns:Publish', 'deliver:sns:Publish:during', 'deliver:sns:Publish:after:0'])(
    '%s',
    (drill) => {
      expect(() => crashDrill(drill, wordOf)).toThrow(`${drill} is no crash drill. Write TOCSIN_CRASH_AT=`);
    },
  );
});

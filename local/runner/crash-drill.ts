/**
 * Crash drills: the runner kills itself, as `kill -9` would, at a named call to AWS, so that tests can show that
 * starting again loses and repeats nothing.
 *
 *     TOCSIN_CRASH_AT='deliver:sns:Publish:after'      the first publish was accepted and never answered
 *     TOCSIN_CRASH_AT='match:sqs:SendMessage:before:3' the third hand-over never reached the queue
 */
import type { Call } from '../services/services-types.ts';

/** @param caller a function's own word, such as `deliver`, or its whole name */
interface Drill {
  readonly caller: string;
  readonly service: string;
  readonly action: string;
  readonly phase: string;
  readonly count: number;
}

const form = 'TOCSIN_CRASH_AT=<function>:<service>:<Action>:<before|after>[:n]';

/**
 * Watches the calls until the named one.
 * @param wordOf the word of an access key: `deliver` for `Tocsin-DeliveryDeliverB9F0AABF`
 * @throws Error where the drill is written wrongly
 */
export function crashDrill(
  text: string,
  wordOf: (caller: string) => string | undefined,
  crash = () => process.kill(process.pid, 'SIGKILL'),
): (call: Call) => void {
  const drill = readDrill(text);
  let seen = 0;
  return ({ caller, service, action, phase }) => {
    const named = caller === drill.caller || wordOf(caller) === drill.caller;
    const same = service === drill.service && action === drill.action && phase === drill.phase;
    if (named && same && ++seen === drill.count) crash();
  };
}

function readDrill(text: string): Drill {
  const [caller, service, action, phase, count = '1'] = text.split(':');
  const valid =
    caller && service && action && /^(before|after)$/.test(phase ?? '') && /^[1-9]\d*$/.test(count);
  if (!valid) throw new Error(`${text} is no crash drill. Write ${form}`);
  return { caller, service, action, phase: phase!, count: Number(count) };
}

/**
 * Crash drills: the runner kills itself, as `kill -9` would, at a named call to AWS, so that tests can show that
 * starting again loses and repeats nothing.
 *
 *     TOCSIN_CRASH_AT='deliver:sns:Publish:after'      the first publish was accepted and never answered
 *     TOCSIN_CRASH_AT='match:sqs:SendMessageBatch:before:3' the third hand-over never reached the queue
 *     TOCSIN_CRASH_AT='poll:sqs:SendMessageBatch@MatchQueue:after' queued for match, while poll does not know yet
 */
import type { Call } from '../services/services-types.ts';

/** @param caller a function's own word, such as `deliver`, or its whole name */
interface Drill {
  readonly caller: string;
  readonly service: string;
  readonly action: string;
  /** A part of the ARN that the call touches; empty: whichever. */
  readonly resource: string;
  readonly phase: string;
  readonly count: number;
}

const form = 'TOCSIN_CRASH_AT=<function>:<service>:<Action>[@<part of an ARN>]:<before|after>[:n]';

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
  return ({ caller, service, action, resources, phase }) => {
    const named = caller === drill.caller || wordOf(caller) === drill.caller;
    const same = service === drill.service && action === drill.action && phase === drill.phase;
    const touched = resources.some((resource) => resource.includes(drill.resource));
    if (named && same && touched && ++seen === drill.count) crash();
  };
}

function readDrill(text: string): Drill {
  const [caller, service, call, phase, count = '1'] = text.split(':');
  const [action, resource = ''] = call?.split('@') ?? [];
  const valid =
    caller && service && action && /^(before|after)$/.test(phase ?? '') && /^[1-9]\d*$/.test(count);
  if (!valid) throw new Error(`${text} is no crash drill. Write ${form}`);
  return { caller, service, action, resource, phase: phase!, count: Number(count) };
}

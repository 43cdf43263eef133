/** Which of a subscriber's channels its watches name. */
import { readChannels } from './channel-store.ts';
import { ApiProblem } from './problems.ts';
import { changeWatch, onWatch } from './watch-change.ts';
import { readWatches } from './watch-store.ts';

/** @throws ApiProblem `invalid-body` that points at each id which is none of the subscriber's channels */
export async function refuseForeignChannels(
  subscriberId: string,
  channelIds: readonly string[],
): Promise<void> {
  if (channelIds.length === 0) return;
  const own = new Set((await readChannels(subscriberId)).map(({ id }) => id));
  const errors = channelIds.flatMap((id, place) =>
    own.has(id) ? [] : [{ pointer: `/channelIds/${place}`, detail: 'None of your channels has this id' }],
  );
  if (errors.length > 0) throw new ApiProblem('invalid-body', { errors });
}

/** A watch whose only channel goes alerts all that are left, rather than none. */
export async function forgetChannel(subscriberId: string, channelId: string, now: string): Promise<void> {
  const naming = (await readWatches(subscriberId)).filter((watch) => watch.channelIds.includes(channelId));
  for (const { id } of naming) {
    await onWatch(subscriberId, id, undefined, (before) =>
      changeWatch(before, { channelIds: before.channelIds.filter((named) => named !== channelId) }, now),
    );
  }
}

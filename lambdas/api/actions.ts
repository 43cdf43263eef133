/**
 * What the reader of a mail may do without signing in. Mail scanners follow links, so a GET shows and a POST acts; the
 * link is signed and expires with its alert.
 */
import * as z from 'zod/mini';
import { tellsOn } from '../../core/delivery/tells-on.ts';
import type { WatchSettings } from '../../core/model.ts';
import { type ActionLink, readAction } from '../delivery/action-link.ts';
import { pageHeaders, renderActions, renderDone } from './action-page.ts';
import { readAlert } from './alert-store.ts';
import { closeChannel } from './channel-life.ts';
import { readChannel } from './channel-store.ts';
import { endpoint } from './endpoint.ts';
import { foundOr404 } from './problems.ts';
import { announceSnooze, readSpan, type SnoozeSpan, snoozeEndOf } from './snooze.ts';
import { changeWatch, onWatch } from './watch-change.ts';
import { forgetChannel } from './watch-channels.ts';
import { readWatches } from './watch-store.ts';

const MOST_WATCHES = 100;

/** @throws ApiProblem `not-found` for a link that is not ours or has expired */
async function readLink(signed: string, now: string): Promise<ActionLink> {
  return foundOr404(await readAction(signed, now));
}

async function showActions(signed: string, now: string): Promise<string> {
  const { subscriberId, channelId, storyId } = await readLink(signed, now);
  const [alert, all, channel] = await Promise.all([
    storyId ? readAlert(subscriberId, storyId) : undefined,
    readWatches(subscriberId),
    readChannel(subscriberId, channelId),
  ]);
  const named = new Set(alert?.watches.map(({ watchId }) => watchId));
  const watches = all
    .filter((watch) => (alert ? named.has(watch.id) : tellsOn(watch, channelId)))
    .slice(0, MOST_WATCHES);
  return renderActions({ path: `/a/${signed}`, alert, watches, isSubscribed: channel !== undefined, now });
}

async function mute(signed: string, watchId: string, now: string): Promise<string> {
  const { subscriberId } = await readLink(signed, now);
  const muted = await onWatch(subscriberId, watchId, undefined, (before) =>
    changeWatch(before, { paused: true }, now),
  );
  const { name } = foundOr404(muted);
  return renderDone(`/a/${signed}`, `“${name}” is muted. Resume it in the dashboard.`);
}

async function snooze(signed: string, watchId: string, span: SnoozeSpan, now: string): Promise<string> {
  const snoozedUntil = snoozeEndOf(span, now);
  const { name } = await setSnooze(signed, watchId, snoozedUntil, now);
  const told = 'What matches until then comes in one message at its end.';
  return renderDone(`/a/${signed}`, `“${name}” is snoozed for a ${span}. ${told}`);
}

async function wake(signed: string, watchId: string, now: string): Promise<string> {
  const { name } = await setSnooze(signed, watchId, undefined, now);
  return renderDone(`/a/${signed}`, `“${name}” tells again. What it held comes in a moment.`);
}

async function setSnooze(
  signed: string,
  watchId: string,
  snoozedUntil: string | undefined,
  now: string,
): Promise<WatchSettings> {
  const { subscriberId } = await readLink(signed, now);
  const changed = await onWatch(subscriberId, watchId, undefined, async (before) => {
    const after = await changeWatch(before, { snoozedUntil }, now);
    if (after) await announceSnooze(before, after);
    return after;
  });
  return foundOr404(changed);
}

/** Twice is once: the second finds no channel. */
async function unsubscribe(signed: string, now: string): Promise<string> {
  const { subscriberId, channelId } = await readLink(signed, now);
  const channel = await readChannel(subscriberId, channelId);
  if (channel) {
    await forgetChannel(subscriberId, channelId, now);
    await closeChannel(channel);
  }
  return renderDone(`/a/${signed}`, 'Unsubscribed. Nothing is sent here any more.');
}

const html = { success: [200], answer: z.string(), contentTypes: ['text/html'], role: 'anyone' } as const;

export const actionEndpoints = [
  endpoint({
    ...html,
    method: 'GET',
    path: '/a/{signed}',
    summary: 'The page behind a mail’s link: why it came, and what can be done. It changes nothing',
    problems: ['not-found'],
    work: async ({ params, now }) => ({ headers: pageHeaders, body: await showActions(params.signed, now) }),
  }),
  endpoint({
    ...html,
    method: 'POST',
    path: '/a/{signed}/watches/{watchId}/mute',
    summary: 'Mute a watch by a mail’s link',
    problems: ['not-found', 'conflict'],
    work: async ({ params, now }) => ({
      headers: pageHeaders,
      body: await mute(params.signed, params.watchId, now),
    }),
  }),
  endpoint({
    ...html,
    method: 'POST',
    path: '/a/{signed}/watches/{watchId}/snooze/{span}',
    summary: 'Snooze a watch for a `day` or a `week` by a mail’s link',
    problems: ['not-found', 'conflict'],
    work: async ({ params: { signed, watchId, span }, now }) => ({
      headers: pageHeaders,
      body: await snooze(signed, watchId, foundOr404(readSpan(span)), now),
    }),
  }),
  endpoint({
    ...html,
    method: 'POST',
    path: '/a/{signed}/watches/{watchId}/wake',
    summary: 'End the snooze of a watch by a mail’s link',
    problems: ['not-found', 'conflict'],
    work: async ({ params, now }) => ({
      headers: pageHeaders,
      body: await wake(params.signed, params.watchId, now),
    }),
  }),
  endpoint({
    ...html,
    method: 'POST',
    path: '/a/{signed}/unsubscribe',
    summary: 'Remove the channel that a mail came by, by the mail’s link',
    problems: ['not-found', 'conflict'],
    work: async ({ params, now }) => ({ headers: pageHeaders, body: await unsubscribe(params.signed, now) }),
  }),
];

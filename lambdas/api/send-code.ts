/** Sends a one-time code: by the channel's own topic, or as a text, which is paid for before it is sent. */
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { budgetMicroUsd, codesMonth, textPriceMicroUsd } from '../../core/delivery/sms-price.ts';
import type { PersonalChannel } from '../../core/model.ts';
import { textTo } from '../aws/text-to.ts';
import { smsBudget } from '../delivery/sms-budget.ts';
import { logger } from '../logger.ts';
import { addMetric } from '../metrics.ts';
import { newId } from '../new-id.ts';
import { countryOf } from './address.ts';
import { CODE_MINUTES, makeCode } from './code-store.ts';
import { countWithin, limits } from './limits.ts';
import { settings } from './settings.ts';

/** A repeated publish is a second message: one try. */
const sns = new SNSClient({ maxAttempts: 1 });

/** What keeps a text from being sent is no answer to the caller, who would learn that the number is known. */
export async function sendCode(channel: PersonalChannel, now: string): Promise<void> {
  if (channel.kind === 'sms') return sendText(channel, now);
  const code = group(await makeCode(channel, now));
  await publish(
    channel,
    new PublishCommand({
      TopicArn: settings.topicArnPrefix + channel.id,
      Subject: `${code} is your Tocsin code`,
      Message: `${code}\n\nThis code signs you in to Tocsin. It is good once, for ${CODE_MINUTES} minutes.\nIf you did not ask for it, somebody typed your address; you need not do anything.\n`,
    }),
  );
}

async function sendText(channel: PersonalChannel, now: string): Promise<void> {
  const price = settings.smsMonthlyBudgetUsd > 0 ? priceOfPart(channel) : undefined;
  if (price === undefined) return notSent('texts are off for this country', channel);
  if (!(await countWithin(limits.textsADay, 'everybody', now))) return notSent('texts of the day', channel);
  const text = `${group(await makeCode(channel, now))} is your Tocsin code, good for ${CODE_MINUTES} minutes.`;
  const most = budgetMicroUsd(settings.smsMonthlyBudgetUsd, 'codes');
  if (!(await smsBudget.reserve(codesMonth(now), textPriceMicroUsd(text, price), most, newId()))) {
    return notSent('budget of the month', channel);
  }
  await publish(channel, new PublishCommand(textTo(channel.address, text, price)));
}

function priceOfPart({ country, address }: PersonalChannel): number | undefined {
  return settings.smsCountries.get(country ?? countryOf(address) ?? '');
}

/** Messages of SNS's errors may hold addresses, so only their names go any further. */
async function publish(channel: PersonalChannel, command: PublishCommand): Promise<void> {
  try {
    await sns.send(command);
  } catch (error) {
    notSent((error as Error).name, channel);
  }
}

function notSent(reason: string, { id: channelId }: PersonalChannel): void {
  addMetric('RequestsRefused');
  logger.warn('code not sent', { reason, channelId });
}

/** `ABCDEFGH` is easier to copy as `ABCD-EFGH`. */
function group(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

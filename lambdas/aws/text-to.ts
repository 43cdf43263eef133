/** A text message as SNS's Publish takes it. */
import type { PublishCommandInput } from '@aws-sdk/client-sns';

/** @param maxPriceUsd what the whole text may cost; SNS sends none that costs more */
export function textTo(PhoneNumber: string, Message: string, maxPriceUsd: number): PublishCommandInput {
  return {
    PhoneNumber,
    Message,
    MessageAttributes: {
      'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' },
      'AWS.SNS.SMS.MaxPrice': { DataType: 'Number', StringValue: String(maxPriceUsd) },
    },
  };
}

/** SQS on the wire: JSON 1.0, errors also under the names of the older Query protocol, as AWS sends them. */
import { nameOf, queueArn } from './arn.ts';
import { accessDenied, unknownCaller } from './authorize.ts';
import { jsonAnswer, jsonInput, jsonOperation, jsonRefusal } from './json-protocol.ts';
import { ServiceError } from './service-error.ts';
import { sqsOperations } from './sqs-api.ts';
import type { SqsInput } from './sqs-operation.ts';
import type { Sqs } from './sqs-types.ts';
import type { Grant, WireService } from './wire.ts';

export function sqsWire(sqs: Sqs, queueUrl: (name: string) => string, now: () => number): WireService {
  const operations = sqsOperations(sqs, queueUrl, now);
  return {
    read(request) {
      const action = jsonOperation(request);
      const operation = operations[action];
      if (!operation) throw new ServiceError('UnsupportedOperation', `The local SQS does not know ${action}`);
      const input = jsonInput<SqsInput>(request);
      return {
        action,
        grants: [sqsGrant(action, input), ...moveGrants(action, input)],
        carryOut: async () => jsonAnswer(await operation(input, request)),
      };
    },
    refuse(error) {
      const { shape, code } = names[error.code] ?? { shape: error.code, code: error.code };
      const type = shape.includes('#') ? shape : `com.amazonaws.sqs#${shape}`;
      return jsonRefusal(error, type, { 'x-amzn-query-error': `${code};Sender` });
    },
  };
}

/** A batch needs what the single action needs. */
export function sqsGrant(action: string, input: SqsInput): Grant {
  const name = input.QueueName ?? nameOf(input.QueueUrl ?? input.SourceArn ?? '*');
  return {
    action: `sqs:${action.replace(/Batch$/, '')}`,
    resource: action === 'ListQueues' ? '*' : queueArn(name),
  };
}

/** SQS moves messages in the name of who asks it to. */
function moveGrants(action: string, { SourceArn = '', DestinationArn }: SqsInput): Grant[] {
  if (action !== 'StartMessageMoveTask') return [];
  const sends = DestinationArn === undefined ? [] : [{ action: 'sqs:SendMessage', resource: DestinationArn }];
  const takes = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];
  return [...takes.map((taken) => ({ action: taken, resource: SourceArn })), ...sends];
}

const coral = (name: string) => `com.amazon.coral.service#${name}`;

/** Our code (that of the Query protocol) → the JSON protocol's shape and the code beside it. */
const names: Readonly<Record<string, { shape: string; code: string }>> = {
  'AWS.SimpleQueueService.NonExistentQueue': shapeOnly('QueueDoesNotExist', 'NonExistentQueue'),
  QueueAlreadyExists: { shape: 'QueueNameExists', code: 'QueueAlreadyExists' },
  'AWS.SimpleQueueService.MessageNotInflight': shapeOnly('MessageNotInflight'),
  'AWS.SimpleQueueService.EmptyBatchRequest': shapeOnly('EmptyBatchRequest'),
  'AWS.SimpleQueueService.TooManyEntriesInBatchRequest': shapeOnly('TooManyEntriesInBatchRequest'),
  'AWS.SimpleQueueService.InvalidBatchEntryId': shapeOnly('InvalidBatchEntryId'),
  'AWS.SimpleQueueService.BatchEntryIdsNotDistinct': shapeOnly('BatchEntryIdsNotDistinct'),
  'AWS.SimpleQueueService.BatchRequestTooLong': shapeOnly('BatchRequestTooLong'),
  InvalidParameterValue: {
    shape: coral('InvalidParameterValueException'),
    code: 'InvalidParameterValue',
  },
  MissingParameter: { shape: coral('MissingRequiredParameterException'), code: 'MissingParameter' },
  [accessDenied]: { shape: coral('AccessDeniedException'), code: 'AccessDeniedException' },
  [unknownCaller]: { shape: coral('UnrecognizedClientException'), code: 'InvalidClientTokenId' },
};

function shapeOnly(shape: string, code = shape) {
  return { shape, code: `AWS.SimpleQueueService.${code}` };
}

/**
 * Stands in for DynamoDB where only the change log is queried: pages of a megabyte, as the table would give them, with
 * no time of a database's in between.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { watchLogPartitions } from '../../lambdas/keys.ts';

interface Query {
  readonly ExpressionAttributeValues: { readonly ':pk': { S: string }; readonly ':since': { S: string } };
  readonly ExclusiveStartKey?: { readonly sk: { S: string } };
}

/** A megabyte of entries of 300 bytes. */
const pageLength = 3500;

/** @param queries of the watches in the log; the first `changed` of them changed lately */
export async function serveLog(
  queries: readonly string[],
  changed: number,
): Promise<Server & { url: string }> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { ExpressionAttributeValues: values, ExclusiveStartKey } = JSON.parse(
      Buffer.concat(chunks).toString(),
    ) as Query;
    const partition = Number(values[':pk'].S.split('#')[1]);
    const end = values[':since'].S === '0' ? queries.length : changed;
    const version = values[':since'].S === '0' ? 1 : 2;
    const from = Number(ExclusiveStartKey?.sk.S ?? partition);
    const Items = [];
    let n = from;
    for (; n < end && Items.length < pageLength; n += watchLogPartitions)
      Items.push({ ...idsOf(n), version: { N: String(version) }, query: { S: queries[n]! } });
    const next = n < end ? { LastEvaluatedKey: { pk: values[':pk'], sk: { S: String(n) } } } : {};
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    response.end(JSON.stringify({ Items, Count: Items.length, ScannedCount: Items.length, ...next }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(server, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

/** As long as real ones: ten watches of each subscriber. */
function idsOf(n: number) {
  const id = (of: number) => (of * 2_654_435_761 + 7 ** 18).toString(36).padStart(16, 'q').slice(-16);
  return { watchId: { S: id(n) }, subscriberId: { S: id(Math.floor(n / 10)) } };
}

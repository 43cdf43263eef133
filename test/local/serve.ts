/** The local services as a process of their own, to be killed by a test: data folder in, port out. */
import { startServices } from '../../local/services/services.ts';
import { everything } from './services.ts';

const services = await startServices({
  port: 0,
  host: '127.0.0.1',
  dataDir: process.argv[2]!,
  policiesOf: () => [everything],
  dynamoEndpoint: 'http://127.0.0.1:1',
  fallback: (_request, response) => void response.writeHead(404).end(),
});
services.sqs.createQueue('work');
services.sns.createTopic('news');
process.stdout.write(`${services.url}\n`);

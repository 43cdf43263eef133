/**
 * What CloudFront sends with every request to the API, so that the API believes its word about the client's address.
 * Made when the stack is deployed; it stands in no template and no log.
 */
import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

export class OriginSecret extends Construct {
  /** A reference that CloudFormation resolves. */
  readonly value: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const secret = new Secret(this, 'Secret', {
      description: 'Proves to the API that a request came through CloudFront',
      generateSecretString: { passwordLength: 40, excludePunctuation: true },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'Who had it could forge the client address that limits count by, nothing else.',
    });
    this.value = secret.secretValue.unsafeUnwrap();
  }
}

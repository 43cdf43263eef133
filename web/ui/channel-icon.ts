import type { ChannelKind } from '../api/types.ts';
import type { IconName } from './icons.tsx';

const icons: Record<ChannelKind, IconName> = { email: 'channels', sms: 'text', webhook: 'webhook' };

export const channelIcon = (kind: ChannelKind | undefined): IconName => (kind ? icons[kind] : 'cross');

/** Where a watch tells: everywhere, or on some channels only. */
import { useState } from 'preact/hooks';
import type { Channel } from '../api/types.ts';
import { t } from '../i18n.ts';
import { Choice } from '../ui/field.tsx';

interface ChannelChoiceProps {
  readonly channels: readonly Channel[] | undefined;
  /** Empty: everywhere. */
  readonly chosen: readonly string[];
  readonly onChoose: (channelIds: readonly string[]) => void;
}

export function ChannelChoice({ channels, chosen, onChoose }: ChannelChoiceProps) {
  const [wantsSome, setWantsSome] = useState(chosen.length > 0);
  if (channels?.length === 0) return <p class="hint">{t('editor.noChannels')}</p>;
  const choose = (which: 'all' | 'some') => {
    setWantsSome(which === 'some');
    onChoose(which === 'all' ? [] : (channels ?? []).map(({ id }) => id));
  };
  const toggle = (id: string, on: boolean) =>
    onChoose(on ? [...chosen, id] : chosen.filter((other) => other !== id));
  return (
    <>
      <Choice
        label={t('editor.channels')}
        value={wantsSome ? 'some' : 'all'}
        options={[
          ['all', t('editor.allChannels')],
          ['some', t('editor.someChannels')],
        ]}
        onChoose={choose}
      />
      {wantsSome && (
        <div class="checks">
          {channels?.map(({ id, address }) => (
            <label key={id}>
              <input
                type="checkbox"
                checked={chosen.includes(id)}
                required={chosen.length === 0}
                onChange={(event) => toggle(id, event.currentTarget.checked)}
              />
              {address}
            </label>
          ))}
        </div>
      )}
    </>
  );
}

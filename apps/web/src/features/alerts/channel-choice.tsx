import type { AlertChannel } from '@barometer/http-api/contract';
import { t } from '../../i18n/translate';

interface ChoiceProps {
  readonly channels: readonly AlertChannel[];
  readonly chosen: readonly string[];
  readonly onChoose: (ids: string[]) => void;
}

/** The channels that get the notices. */
export function ChannelChoice({ channels, chosen, onChoose }: ChoiceProps) {
  const toggle = (id: string) => onChoose(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return channels.map(({ id, name, target, disabled }) => (
    <label key={id}>
      <input type="checkbox" checked={chosen.includes(id)} onChange={() => toggle(id)} /> {name}{' '}
      <span className="muted">{disabled ? t('channels.kindOff', { kind: target.kind }) : target.kind}</span>
    </label>
  ));
}

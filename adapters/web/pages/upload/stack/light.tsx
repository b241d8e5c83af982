import { Select } from '@fluentui/react-components';
import { useId } from 'react';
import type { Shades } from '../../../../../domain/shades.ts';
import { wordsIn } from '../../shared/words.ts';
import { type Lighting, ofSliders, type Preset, presetsOf, slidersOf, windowFor } from './windows.ts';

/** How the frames of a series are shown: a window with a name, or two sliders. Writing may stand in what is nearly black, or nearly white. */
export function Light({
  language,
  shades,
  lighting,
  change,
}: {
  readonly language: string;
  readonly shades: Shades;
  readonly lighting: Lighting;
  readonly change: (lighting: Lighting) => void;
}) {
  const words = wordsIn(language).upload.stack;
  const sliders = slidersOf(shades, windowFor(shades, lighting));
  return (
    <div className="light">
      <Select
        aria-label={words.window}
        value={typeof lighting === 'string' ? lighting : 'own'}
        onChange={(_, { value }) => value !== 'own' && change(value as Preset)}
      >
        {presetsOf(shades).map((preset) => (
          <option key={preset} value={preset}>
            {words.windows[preset]}
          </option>
        ))}
        {typeof lighting !== 'string' && <option value="own">{words.windows.own}</option>}
      </Select>
      {(['contrast', 'brightness'] as const).map((which) => (
        <Range
          key={which}
          label={words[which]}
          value={sliders[which]}
          change={(value) => change(ofSliders(shades, { ...sliders, [which]: value }))}
        />
      ))}
    </div>
  );
}

function Range({
  label,
  value,
  change,
}: {
  readonly label: string;
  readonly value: number;
  readonly change: (value: number) => void;
}) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={1}
        step={0.01}
        value={value}
        aria-valuetext={`${Math.round(value * 100)} %`}
        onChange={({ target }) => change(Number(target.value))}
      />
    </div>
  );
}
